package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.dump.Press;
import edu.wfu.wfumig.executor.Pulse;
import edu.wfu.wfumig.executor.StepRunner;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Step;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Dumps the tables that are about to be replaced into {@code backup.sql.zst}.
 *
 * <p>Safe to repeat as long as the cutover has not happened, and after it this step is done.
 */
public final class BackupRunner implements StepRunner<Step.Backup> {
    private final Graph graph;
    private final Database target;
    private final WorkFolder work;

    private final Streams streams;

    BackupRunner(Graph graph, Database target, WorkFolder work, Streams streams) {
        this.graph = graph;
        this.target = target;
        this.work = work;
        this.streams = streams;
    }

    @Override
    public Map<String, Object> run(Step.Backup step, Pulse pulse) {
        var scope = graph.scope(step.scope());
        String schema = graph.target().schema();
        if (scope.replaced().isEmpty()) {
            throw new Refusal(
                    Refusal.Kind.FAILED,
                    Problem.of(
                            scope.id() + " has no tables in " + schema,
                            "at least one table to back up",
                            "nothing was written",
                            "look at its number again"));
        }
        var filters = new LinkedHashMap<String, @Nullable String>();
        scope.replaced().forEach(table -> filters.put(table, null));
        java.util.List<String> views;
        try (var catalogue = target.catalogue()) {
            views = catalogue.views(schema).stream()
                    .filter(scope.views()::contains)
                    .toList();
        }
        // The tables that take their place are about as large.
        var sizes = new LinkedHashMap<String, Long>();
        scope.tables().forEach(table -> sizes.put(table.name(), table.bytes()));
        var wanted = new TableDump.Wanted(scope.id(), filters, views, sizes, Map.of());
        return new TableDump(target, graph.target().environment(), schema, streams, Brake.OFF, Press.TIGHT)
                .write(work.backup(scope.id()), wanted, pulse, TableDump.Follower.NOBODY)
                .facts();
    }
}
