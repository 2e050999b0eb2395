package edu.wfu.wfumig.executor;

import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.ScopeId;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Graph.Edge;
import edu.wfu.wfumig.graph.Step;
import edu.wfu.wfumig.ledger.Event;
import edu.wfu.wfumig.ledger.Ledger;
import edu.wfu.wfumig.ledger.RunState.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Runs a graph.
 *
 * <ol>
 *   <li>Steps that the ledger knows as done are passed over.
 *   <li>A scope's steps are its lane: they run one after the other on one thread. A lane starts when every step that its
 *       first one waits for is done and a place is free; places are bounded for all scopes, and further for large ones.
 *   <li>Before a step its start is recorded, after it its end. What cannot be recorded stops the run.
 *   <li>A step that fails sends its lane to its clean step; then the next scope starts. What waits for the failed step
 *       is never started.
 *   <li>A failed step of the whole run, or of the network scope, stops the run.
 *   <li>When stopped from outside, running steps end at their next safe moment and nothing new starts.
 * </ol>
 */
public final class Executor {
    /** How many lanes run side by side, of all scopes and of large ones. */
    public record Places(int scopes, int large) {}

    private final Graph graph;
    private final Ledger ledger;
    private final Map<Class<? extends Step>, StepRunner<?>> runners;
    private final Watcher watcher;
    private final Places places;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final Set<String> done = new HashSet<>();
    private final Map<@Nullable ScopeId, List<Step>> lanes = new LinkedHashMap<>();
    private final Map<String, List<String>> waitsFor = new HashMap<>();

    public Executor(
            Graph graph,
            Ledger ledger,
            Map<Class<? extends Step>, StepRunner<?>> runners,
            Watcher watcher,
            Places places) {
        this.graph = graph;
        this.ledger = ledger;
        this.runners = runners;
        this.watcher = watcher;
        this.places = places;
        for (Step step : graph.steps()) {
            lanes.computeIfAbsent(step.scope(), scope -> new ArrayList<>()).add(step);
            if (ledger.state().done(step.id())) done.add(step.id());
        }
        for (Edge edge : graph.edges()) {
            waitsFor.computeIfAbsent(edge.to(), to -> new ArrayList<>()).add(edge.from());
        }
    }

    /** Asks the run to stop at the next safe moment. */
    public void stop() {
        stop.set(true);
    }

    /** How a lane ended. */
    private record LaneEnd(
            @Nullable ScopeId scope,
            boolean done,
            boolean fatal,
            @Nullable Throwable why) {}

    /** Runs all that is left to run; returns how the run ended, which stands in the ledger too. */
    public Outcome run() {
        Deque<ScopeLane> waiting = new ArrayDeque<>();
        lanes.forEach((scope, steps) -> {
            boolean taken = scope != null && ledger.state().rolledBack(scope);
            if (!taken && !steps.stream().allMatch(step -> done.contains(step.id()))) {
                waiting.add(new ScopeLane(
                        scope, steps, scope != null && graph.scope(scope).large()));
            }
        });
        var pool = Executors.newFixedThreadPool(places.scopes(), task -> {
            var thread = new Thread(task, "lane");
            thread.setDaemon(true);
            return thread;
        });
        CompletionService<LaneEnd> ends = new ExecutorCompletionService<>(pool);
        int running = 0;
        int largeRunning = 0;
        int failed = 0;
        Throwable fatal = null;
        try {
            while (true) {
                if (!stop.get() && fatal == null) {
                    for (var lane : List.copyOf(waiting)) {
                        if (running >= places.scopes() || lane.large() && largeRunning >= places.large()) continue;
                        if (!ready(lane.steps().get(0))) continue;
                        waiting.remove(lane);
                        ends.submit(() -> runLane(lane));
                        running++;
                        if (lane.large()) largeRunning++;
                    }
                }
                if (running == 0) break;
                LaneEnd end = ends.take().get();
                running--;
                if (end.scope() != null && graph.scope(end.scope()).large()) largeRunning--;
                if (!end.done() && end.why() != null) failed++;
                if (end.fatal()) fatal = end.why();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop.set(true);
        } catch (ExecutionException e) {
            fatal = e.getCause();
        } finally {
            pool.shutdownNow();
        }
        return conclude(failed, fatal);
    }

    private record ScopeLane(@Nullable ScopeId scope, List<Step> steps, boolean large) {}

    private Outcome conclude(int failed, @Nullable Throwable fatal) {
        boolean all = graph.steps().stream().allMatch(step -> ledger.state().done(step.id()))
                && graph.scopes().stream().noneMatch(scope -> ledger.state().rolledBack(scope.id()));
        boolean some = graph.steps().stream()
                .anyMatch(step -> step instanceof Step.Confirm
                        && !ScopeId.NETWORK.equals(step.scope())
                        && ledger.state().done(step.id()));
        Outcome outcome;
        if (fatal instanceof LedgerLost lost) throw lost.refusal;
        if (fatal != null) outcome = Outcome.FAILED;
        else if (all && failed == 0) outcome = Outcome.DONE;
        else if (stop.get()) outcome = Outcome.STOPPED;
        else outcome = some ? Outcome.PARTLY : Outcome.FAILED;
        ledger.record(new Event.RunEnded(outcome, fatal == null ? null : message(fatal)));
        return outcome;
    }

    private boolean ready(Step first) {
        synchronized (done) {
            return done.containsAll(waitsFor.getOrDefault(first.id(), List.of()));
        }
    }

    private LaneEnd runLane(ScopeLane lane) {
        boolean whole = lane.scope() == null || lane.scope().equals(ScopeId.NETWORK);
        try {
            for (Step step : lane.steps()) {
                if (done(step)) continue;
                if (stop.get()) return new LaneEnd(lane.scope(), false, false, null);
                Throwable why = runStep(step);
                if (why instanceof Pulse.Stopped) return new LaneEnd(lane.scope(), false, false, null);
                if (why != null) {
                    leaveThroughClean(lane, step);
                    return new LaneEnd(lane.scope(), false, whole, why);
                }
                synchronized (done) {
                    done.add(step.id());
                }
            }
            return new LaneEnd(lane.scope(), true, false, null);
        } catch (LedgerLost e) {
            stop.set(true);
            return new LaneEnd(lane.scope(), false, true, e);
        }
    }

    private boolean done(Step step) {
        synchronized (done) {
            return done.contains(step.id());
        }
    }

    /**
     * Cleans up after a failure. Unless the scope was cut over, that takes back what was staged, so a resume begins again
     * behind the export: the dump stays.
     */
    private void leaveThroughClean(ScopeLane lane, Step failed) {
        Step last = lane.steps().get(lane.steps().size() - 1);
        if (!(last instanceof Step.Clean clean) || last == failed) return;
        boolean cutOver = lane.steps().stream().anyMatch(step -> step instanceof Step.Cutover && done(step));
        if (!cutOver) {
            reopen(lane.steps().stream()
                    .filter(step -> done(step) && !(step instanceof Step.Export))
                    .map(Step::id)
                    .toList());
        }
        try {
            run(clean);
        } catch (LedgerLost e) {
            throw e;
        } catch (Exception e) {
            watcher.failed(clean, e);
        }
    }

    private void reopen(List<String> steps) {
        if (steps.isEmpty()) return;
        record(new Event.Reopened(steps));
        synchronized (done) {
            steps.forEach(done::remove);
        }
    }

    private @Nullable Throwable runStep(Step step) {
        record(new Event.StepStarted(step.id()));
        watcher.started(step);
        long start = System.nanoTime();
        try {
            Map<String, Object> facts = run(step);
            record(new Event.StepDone(step.id(), millisSince(start), facts));
            watcher.done(step, millisSince(start));
            return null;
        } catch (LedgerLost | Pulse.Stopped e) {
            if (e instanceof LedgerLost) throw e;
            return e;
        } catch (Exception | LinkageError | OutOfMemoryError e) {
            record(new Event.StepFailed(step.id(), millisSince(start), message(e), isMismatch(e)));
            watcher.failed(step, e);
            return e;
        }
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> run(Step step) throws Exception {
        var runner = (StepRunner<Step>) runners.get(step.getClass());
        if (runner == null) throw new IllegalStateException("no runner for " + step.id());
        return runner.run(step, new StepPulse(step));
    }

    private void record(Event event) {
        try {
            ledger.record(event);
        } catch (Refusal e) {
            throw new LedgerLost(e);
        }
    }

    /** The ledger cannot be written: the run stops, and this cannot be recorded either. */
    private static final class LedgerLost extends RuntimeException {
        final transient Refusal refusal;

        LedgerLost(Refusal refusal) {
            super(refusal);
            this.refusal = refusal;
        }
    }

    private static long millisSince(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }

    private static boolean isMismatch(Throwable why) {
        return why instanceof Refusal refusal && refusal.kind() == Refusal.Kind.MISMATCH;
    }

    static String message(Throwable why) {
        return why instanceof Refusal ? String.valueOf(why.getMessage()) : why.toString();
    }

    private final class StepPulse implements Pulse {
        private final Step step;

        StepPulse(Step step) {
            this.step = step;
        }

        @Override
        public void moved(long rows, long bytes) {
            watcher.moved(step, rows, bytes);
            if (stop.get()) throw new Stopped();
        }

        @Override
        public void note(Map<String, Object> facts) {
            record(new Event.Noted(step.id(), facts));
        }

        @Override
        public Map<String, Object> noted() {
            return ledger.state().facts(step.id());
        }

        @Override
        public void tookBack(Step earlier) {
            reopen(List.of(earlier.id()));
        }

        @Override
        public void say(String line) {
            watcher.said(step, line);
        }
    }
}
