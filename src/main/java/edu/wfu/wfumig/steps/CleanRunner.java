package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.database.Databases;
import edu.wfu.wfumig.executor.Pulse;
import edu.wfu.wfumig.executor.StepRunner;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Step;
import edu.wfu.wfumig.ledger.RunState;
import java.io.IOException;
import java.util.Map;

/**
 * Empties staging of a scope's tables, and the work folder once all else of the scope is done. After a failure the dump
 * stays, because the source is not read again. Where nothing is archived the backup stays too: when the kept tables are
 * gone, it is the way back. Whoever asked for the dumps keeps all of them.
 *
 * <p>Safe to repeat: what is gone stays gone.
 */
public final class CleanRunner implements StepRunner<Step.Clean> {
    private final Graph graph;
    private final Databases databases;
    private final WorkFolder work;
    private final RunState state;

    public CleanRunner(Graph graph, Databases databases, WorkFolder work, RunState state) {
        this.graph = graph;
        this.databases = databases;
        this.work = work;
        this.state = state;
    }

    @Override
    public Map<String, Object> run(Step.Clean step, Pulse pulse) throws IOException {
        var scope = graph.scope(step.scope());
        boolean staged = graph.steps().contains(new Step.Stage(scope.id()));
        if (staged) new StagingArea(databases.staging(), graph.staging()).clear(scope);
        if (staged && !graph.landing().equals(graph.staging())) {
            new StagingArea(databases.target(), graph.landing()).clear(scope);
        }
        boolean finished = graph.steps().stream()
                .filter(other -> scope.id().equals(other.scope()) && !(other instanceof Step.Clean))
                .allMatch(other -> state.done(other.id()));
        if (!finished || state.keepsFiles()) return Map.of();
        boolean archived = graph.steps().contains(new Step.Archive(scope.id()));
        if (archived) work.delete(scope.id());
        else work.deleteAllButBackup(scope.id());
        return Map.of();
    }
}
