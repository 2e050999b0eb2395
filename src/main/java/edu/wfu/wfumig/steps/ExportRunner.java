package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.ScopeId;
import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.database.Databases;
import edu.wfu.wfumig.database.SnapshotReader;
import edu.wfu.wfumig.database.TableDefinition;
import edu.wfu.wfumig.dump.Press;
import edu.wfu.wfumig.executor.Pulse;
import edu.wfu.wfumig.executor.StepRunner;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Scope;
import edu.wfu.wfumig.graph.Scope.ScopeTable;
import edu.wfu.wfumig.graph.Step;
import edu.wfu.wfumig.schema.Histories;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the source once, in one snapshot, into {@code source.sql.zst}.
 *
 * <p>Safe to repeat: the dump goes on behind its last checkpoint, or is begun anew, and counts as one only with its
 * manifest, which is written last. Its cursor is the key of the last row of a chunk. Who stages the scope follows it.
 */
public final class ExportRunner implements StepRunner<Step.Export> {
    private final Graph graph;
    private final Database source;
    private final Database target;
    private final WorkFolder work;
    private final Streams streams;
    private final Brake brake;
    private final SourceHistory histories;

    ExportRunner(
            Graph graph, Databases databases, WorkFolder work, Streams streams, Brake brake, SourceHistory histories) {
        this.histories = histories;
        this.graph = graph;
        this.source = databases.source();
        this.target = databases.target();
        this.work = work;
        this.streams = streams;
        this.brake = brake;
    }

    @Override
    public Map<String, Object> run(Step.Export step, Pulse pulse) {
        var scope = graph.scope(step.scope());
        if (scope.tables().isEmpty()) {
            throw new Refusal(
                    Refusal.Kind.FAILED,
                    Problem.of(
                            scope.id() + " has no tables to move",
                            "at least one table",
                            "the target is untouched",
                            "exclude the site in the plan, or look for its tables in the source"));
        }
        var filters = new LinkedHashMap<String, @Nullable String>();
        scope.tables().forEach(table -> filters.put(table.name(), table.filter()));
        var sizes = new LinkedHashMap<String, Long>();
        scope.tables().forEach(table -> sizes.put(table.name(), table.bytes()));
        var wanted =
                new TableDump.Wanted(scope.id(), filters, scope.views(), sizes, staying(scope), streams.handsOver());
        int level = streams.archived() ? Press.TIGHT : Press.QUICK;
        try {
            return new TableDump(
                            source, graph.source().environment(), graph.source().schema(), streams, brake, level)
                    .write(work.source(scope.id()), wanted, pulse, new Stage(scope.id(), pulse))
                    .facts();
        } finally {
            streams.feeds().close(scope.id());
        }
    }

    /** Tables that stay as they are on the target and get what both sides have of their columns. */
    private Map<String, TableDefinition> staying(Scope scope) {
        var names = scope.tables().stream()
                .filter(table -> table.columns() != null)
                .map(ScopeTable::name)
                .toList();
        var staying = new LinkedHashMap<String, TableDefinition>();
        if (names.isEmpty()) return staying;
        try (var catalogue = target.catalogue()) {
            catalogue.define(graph.target().schema(), names).forEach(table -> staying.put(table.name(), table));
        }
        return staying;
    }

    /** The stage of the scope: it goes on with nothing that came from a dump which is there no more. */
    private final class Stage implements TableDump.Follower {
        private final ScopeId scope;
        private final Pulse pulse;
        private final Histories before;

        private Stage(ScopeId scope, Pulse pulse) {
            this.scope = scope;
            this.pulse = pulse;
            before = histories.now(scope);
        }

        @Override
        public boolean goesOn() {
            return histories.kept(scope).equals(before);
        }

        @Override
        public void moment(SnapshotReader reader) {
            histories.keep(scope, before, reader);
        }

        @Override
        public void follow(Feed feed) {
            streams.feeds().open(scope, feed);
        }

        @Override
        public void anew() {
            pulse.tookBack(new Step.Stage(scope));
        }
    }
}
