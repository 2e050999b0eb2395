package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.database.Definitions;
import edu.wfu.wfumig.database.Dialect;
import edu.wfu.wfumig.database.Placement;
import edu.wfu.wfumig.database.Placement.Origin;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Graph.Place;
import edu.wfu.wfumig.graph.Scope;
import edu.wfu.wfumig.graph.TableNames;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The definitions of a scope's tables where they are staged, or kept. */
final class StagedDefinition {
    private StagedDefinition() {}

    /** Of the source's tables, for a place on the target's side. */
    static Definitions of(Dialect dialect, Graph graph, Scope scope, Place place, String run) {
        var words = new LinkedHashMap<String, String>();
        graph.mappings().forEach(mapping -> words.put(mapping.from(), mapping.to()));
        // Where staged, kept and live tables share a schema, named constraints need a name of their own.
        String ending = place.own() && graph.kept().own() ? "" : "_wf" + TableNames.brief(run);
        return dialect.at(new Placement(
                place.schema(),
                names(scope, table -> TableNames.staged(place, table)),
                graph.source().schema(),
                graph.target().schema(),
                ending,
                new Origin(graph.source().product(), false),
                graph.target().product(),
                words));
    }

    /** Of the target's own tables, for the schema in which they are kept: nothing is mapped, and constraints keep their names. */
    static Definitions asItWas(Dialect dialect, Graph graph, Scope scope, String run) {
        String product = graph.target().product();
        return dialect.at(new Placement(
                TableNames.keptSchema(graph.kept(), run),
                names(scope, table -> TableNames.kept(graph.kept(), run, table)),
                graph.target().schema(),
                graph.target().schema(),
                "",
                new Origin(product, true),
                product,
                Map.of()));
    }

    private static Map<String, String> names(Scope scope, UnaryOperator<String> naming) {
        var names = new LinkedHashMap<String, String>();
        scope.tableNames().forEach(table -> names.put(table, naming.apply(table)));
        return names;
    }
}
