package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.database.RunTable;
import edu.wfu.wfumig.executor.Watcher;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Step;
import edu.wfu.wfumig.ledger.RunState;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A row per run in the target's own {@value RunTable#TABLE}, so that a second operator sees from the database what happens to
 * it. A mirror for people: nothing reads it back.
 */
public final class History implements Watcher {
    private final Graph graph;
    private final Database target;
    private final String run;
    private final AtomicBoolean announced = new AtomicBoolean();

    /** Whether the run has a row. */
    private final AtomicBoolean begun = new AtomicBoolean();

    private final AtomicInteger finished = new AtomicInteger();

    public History(Graph graph, Database target, RunState state) {
        this.graph = graph;
        this.target = target;
        this.run = state.id();
        long before = graph.scopes().stream()
                .filter(scope -> state.done(new Step.Clean(scope.id()).id()))
                .count();
        finished.set((int) before);
        begun.set(state.done("preflight") && before > 0);
    }

    @Override
    public void started(Step step) {
        // Not before preflight has seen that all is well.
        if (!(step instanceof Step.Preflight) && announced.compareAndSet(false, true)) begin();
    }

    /** Makes the run's row. */
    private void begin() {
        begun.set(true);
        try (var runs = runs()) {
            runs.begin(
                    run,
                    graph.source().environment(),
                    graph.target().environment(),
                    graph.scopes().size(),
                    graph.bytes());
        }
    }

    private RunTable runs() {
        return target.runs(graph.target().schema());
    }

    @Override
    public void done(Step step, long millis) {
        if (step instanceof Step.Clean) update(step.scope() + " done", finished.incrementAndGet());
    }

    @Override
    public void failed(Step step, Throwable why) {
        update(step.id() + " failed", finished.get());
    }

    /** How the run ended. */
    public void end(String outcome) {
        update(outcome, finished.get());
    }

    private void update(String phase, int scopes) {
        if (!begun.get()) return;
        try (var runs = runs()) {
            runs.update(
                    run,
                    phase,
                    scopes,
                    100 * scopes / Math.max(1, graph.scopes().size()));
        }
    }
}
