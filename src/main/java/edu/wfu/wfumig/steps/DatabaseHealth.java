package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.Catalogue;
import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.database.Databases;
import edu.wfu.wfumig.executor.Health;
import edu.wfu.wfumig.graph.Graph;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Examines source, target and staging: each must answer within the driver's ten seconds; the two that are written must not
 * be read-only; the staging schema must take a table. What a run only reads may be read-only.
 */
public final class DatabaseHealth implements Health {
    private final Graph graph;
    private final Databases databases;
    private final boolean writes;

    /** @param writes whether the run changes a target */
    public DatabaseHealth(Graph graph, Databases databases, boolean writes) {
        this.writes = writes;
        this.graph = graph;
        this.databases = databases;
    }

    @Override
    public List<String> connections() {
        var ill = new ArrayList<String>();
        ask("source", databases.source(), ill, (catalogue, found) -> {});
        ask("target", databases.target(), ill, (catalogue, found) -> {});
        if (databases.staging() != databases.target())
            ask("staging", databases.staging(), ill, (catalogue, found) -> {});
        return ill;
    }

    @Override
    public List<String> examine() {
        var ill = new ArrayList<String>();
        ask("source", databases.source(), ill, (catalogue, found) -> {
            if (!catalogue.hasSchema(graph.source().schema()))
                found.add("has lost its schema " + graph.source().schema());
        });
        ask("target", databases.target(), ill, (catalogue, found) -> {
            if (!catalogue.hasSchema(graph.target().schema()))
                found.add("has lost its schema " + graph.target().schema());
            writable(catalogue, found);
        });
        if (!writes) return ill;
        ask("staging", databases.staging(), ill, (catalogue, found) -> {
            writable(catalogue, found);
            new StagingArea(databases.staging(), graph.staging()).open();
        });
        return ill;
    }

    private void writable(Catalogue catalogue, List<String> found) {
        if (writes && catalogue.readOnly()) found.add("is read-only");
    }

    private static void ask(
            String side, Database database, List<String> ill, BiConsumer<Catalogue, List<String>> question) {
        var found = new ArrayList<String>();
        try (var catalogue = database.catalogue()) {
            catalogue.rows("SELECT 1");
            question.accept(catalogue, found);
        } catch (Refusal e) {
            found.add("is ill: " + e.problems().get(0).found());
        }
        found.forEach(what -> ill.add("the " + side + " " + what));
    }
}
