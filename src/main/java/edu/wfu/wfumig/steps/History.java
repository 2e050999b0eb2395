package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.database.RunTable;
import edu.wfu.wfumig.executor.Watcher;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Step;
import edu.wfu.wfumig.ledger.RunState;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What happens to a target, in its own {@value RunTable#TABLE}, so that a second operator sees it from the database: a row per
 * run; and where the product has room for them, a row per step and one per table in it. A mirror for people: nothing reads it
 * back.
 */
public final class History implements Watcher {
    /** So long at least between two visits for tables. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Graph graph;
    private final Database target;
    private final String run;
    private final AtomicBoolean announced = new AtomicBoolean();

    /** Whether the run has a row. */
    private final AtomicBoolean begun = new AtomicBoolean();

    /** What the steps have moved, by their ids. */
    private final Map<String, Moved> moved = new ConcurrentHashMap<>();

    /** What is not written yet: many small tables are done at once, and each visit costs a connection. */
    private final Queue<RunTable.Part> parts = new ConcurrentLinkedQueue<>();

    private final AtomicLong written = new AtomicLong(System.nanoTime());

    private record Moved(long rows, long bytes) {
        static final Moved NOTHING = new Moved(0, 0);

        Moved plus(Moved other) {
            return new Moved(rows + other.rows, bytes + other.bytes);
        }
    }

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
        part(step, "running", 0, 0);
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
        part(step, "done", 100, millis);
        if (step instanceof Step.Clean) update(step.scope() + " done", finished.incrementAndGet());
    }

    /** Writes how far a step is. */
    private void part(Step step, String status, int percent, long millis) {
        if (!begun.get() || step.scope() == null) return;
        var counted = moved.getOrDefault(step.id(), Moved.NOTHING);
        parts.add(new RunTable.Part(
                step.id(), "", status, percent, counted.rows(), counted.bytes(), Duration.ofMillis(millis)));
        write();
    }

    @Override
    public void table(Step step, String name, long rows, long bytes, long millis) {
        if (!begun.get()) return;
        parts.add(new RunTable.Part(step.id(), name, "done", 100, rows, bytes, Duration.ofMillis(millis)));
        long last = written.get();
        boolean due = System.nanoTime() - last > PAUSE.toNanos();
        if (due && written.compareAndSet(last, System.nanoTime())) write();
    }

    private synchronized void write() {
        try (var runs = runs()) {
            for (var part = parts.poll(); part != null; part = parts.poll()) runs.part(run, part);
        }
    }

    @Override
    public void moved(Step step, long rows, long bytes) {
        if (rows > 0 || bytes > 0) moved.merge(step.id(), new Moved(rows, bytes), Moved::plus);
    }

    @Override
    public void failed(Step step, Throwable why) {
        part(step, "failed", 0, 0);
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
