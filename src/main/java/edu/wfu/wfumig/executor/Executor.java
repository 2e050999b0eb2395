package edu.wfu.wfumig.executor;

import edu.wfu.wfumig.Quantity;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.ScopeId;
import edu.wfu.wfumig.executor.FailureWatch.Halt;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Graph.Edge;
import edu.wfu.wfumig.graph.Scope;
import edu.wfu.wfumig.graph.Step;
import edu.wfu.wfumig.ledger.Event;
import edu.wfu.wfumig.ledger.Ledger;
import edu.wfu.wfumig.ledger.RunState.Outcome;
import edu.wfu.wfumig.plan.Failures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs a graph: a loop that starts steps, waits for the next one that ends, and decides. Threads and time are the
 * {@link Workers}', so that a simulation can take their place.
 *
 * <ol>
 *   <li>Steps that the ledger knows as done are passed over.
 *   <li>A scope's steps are its lane: they run one after the other, but a step that follows another runs beside it. What runs
 *       together is judged together, when all of it has ended. A lane starts when every step that its first one waits
 *       for is done and a place is free; places are bounded for all scopes, and further for large ones.
 *   <li>Before a step its start is recorded, after it its end. What cannot be recorded stops the run.
 *   <li>A step that was stopped by something that may pass is tried again after a pause, as often as the plan says.
 *   <li>A step that fails for good sends its lane to its clean step; only when that has ended its place is free. What waits
 *       for the failed step is never started.
 *   <li>A failed step of the whole run, or of the network scope, stops the run. Too many failed sites halt it: see {@link
 *       FailureWatch}.
 *   <li>A lane that is not swapped in by its deadline fails: at its next safe moment, or when its thread is released from
 *       what it waits for.
 *   <li>When stopped from outside, running steps end at their next safe moment and nothing new starts; when paused, running
 *       lanes come to their end.
 * </ol>
 */
public final class Executor {
    /**
     * How many lanes run side by side, of all scopes and of large ones.
     *
     * @param largeTimes how many times longer than others a large site may take
     */
    public record Places(int scopes, int large, double largeTimes) {}

    /** What an executor needs beside what it runs. */
    public record Surroundings(
            Watcher watcher, Workers workers, Health health, Operator operator, RandomGenerator jitter) {}

    /** A lane between two attempts at a step. */
    private record Rest(Lane lane, Instant until) {}

    private final Graph graph;
    private final Ledger ledger;
    private final Failures rules;
    private final Places places;
    private final Surroundings around;
    private final FailureWatch failures;
    private final List<Lane> waiting = new LinkedList<>();
    private final List<Rest> resting = new ArrayList<>();
    private final Attempt.Run run;
    private final Map<String, List<String>> waitsFor = new HashMap<>();
    private final Map<String, String> followedBy = new HashMap<>();
    private volatile boolean stop;
    private final AtomicReference<@Nullable Halt> halt = new AtomicReference<>();
    private int running;
    private int largeRunning;
    private @Nullable Throwable fatal;

    public Executor(
            Graph graph,
            Ledger ledger,
            Map<Class<? extends Step>, StepRunner<?>> runners,
            Failures rules,
            Places places,
            Surroundings around) {
        this.graph = graph;
        this.ledger = ledger;
        this.rules = rules;
        this.places = places;
        this.around = around;
        failures = new FailureWatch(rules, ledger.state(), around.health(), around.operator());
        run = new Attempt.Run(ledger, runners, around, rules.siteTimeout(), () -> stop);
        for (Edge edge : graph.edges()) {
            if (edge.follows()) followedBy.put(edge.from(), edge.to());
            else waitsFor.computeIfAbsent(edge.to(), to -> new ArrayList<>()).add(edge.from());
        }
    }

    /** Asks the run to stop at the next safe moment. */
    public void stop() {
        stop = true;
    }

    /** Asks the run to start nothing new and to let what runs come to its end. */
    public void pause(String why) {
        halt.compareAndSet(null, new Halt(false, why));
    }

    /** Asks the run to stop at the next safe moment, for good. */
    public void abort(String why) {
        halt.set(new Halt(true, why));
        stop = true;
    }

    /** Runs all that is left to run, but for {@code without}; returns how the run ended, which stands in the ledger too. */
    public Outcome run(Set<ScopeId> without) {
        collectLanes(without);
        try {
            while (true) {
                startReady();
                if (running == 0) break;
                var work = around.workers().next(patience());
                if (work instanceof Attempt attempt) ended(attempt);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop = true;
        } finally {
            around.workers().close();
        }
        return conclude();
    }

    private void collectLanes(Set<ScopeId> without) {
        var lanes = new LinkedHashMap<@Nullable ScopeId, List<Step>>();
        for (Step step : graph.steps()) {
            lanes.computeIfAbsent(step.scope(), scope -> new ArrayList<>()).add(step);
        }
        var large = graph.scopes().stream().filter(Scope::large).map(Scope::id).collect(Collectors.toSet());
        lanes.forEach((scope, steps) -> {
            boolean taken = scope != null && (ledger.state().rolledBack(scope) || without.contains(scope));
            if (taken || steps.stream().allMatch(this::done)) return;
            waiting.add(new Lane(scope, steps, scope != null && large.contains(scope)));
        });
    }

    private void startReady() {
        wake();
        for (var left = waiting.iterator(); left.hasNext(); ) {
            if (running >= places.scopes() || stop || halt.get() != null || fatal != null) return;
            var lane = left.next();
            if (lane.large && largeRunning >= places.large()) continue;
            if (!ledgerHas(waitsFor.getOrDefault(lane.steps.get(0).id(), List.of()))) continue;
            left.remove();
            running++;
            if (lane.large) largeRunning++;
            lane.deadline = deadline(lane);
            start(lane, next(lane));
        }
    }

    private @Nullable Instant deadline(Lane lane) {
        var timeout = rules.siteTimeout();
        if (timeout == null || lane.whole()) return null;
        double times = lane.large ? places.largeTimes() : 1;
        return around.workers().now().plusMillis((long) (timeout.toMillis() * times));
    }

    /** How long to wait for a step to end before the next pause is over, or before somebody may want the run to stop. */
    private Duration patience() {
        var longest = resting.isEmpty() ? Duration.ofHours(1) : Duration.ofMillis(500);
        return resting.stream()
                .map(rest -> Duration.between(around.workers().now(), rest.until()))
                .reduce(longest, (one, other) -> one.compareTo(other) < 0 ? one : other);
    }

    /** Lanes whose pause is over go on; when the run stops, all of them end. */
    private void wake() {
        for (var rest : List.copyOf(resting)) {
            if (!stop && rest.until().isAfter(around.workers().now())) continue;
            resting.remove(rest);
            if (stop) ended(rest.lane(), false);
            else start(rest.lane(), next(rest.lane()));
        }
    }

    private Step next(Lane lane) {
        return lane.steps.stream().filter(step -> !done(step)).findFirst().orElseThrow();
    }

    /** Starts a step, and the one that follows it. */
    private void start(Lane lane, Step step) {
        lane.wanting = null;
        var first = new Attempt(run, lane, step, null);
        lane.running.add(first);
        String follower = followedBy.get(step.id());
        lane.steps.stream()
                .filter(other -> !lane.failed && other.id().equals(follower) && !done(other))
                .forEach(other -> lane.running.add(new Attempt(run, lane, other, first)));
        List.copyOf(lane.running).forEach(around.workers()::start);
    }

    /** Notes how an attempt ended; when nothing runs beside it any more, decides what comes next. */
    private void ended(Attempt work) {
        var lane = work.lane;
        lane.running.remove(work);
        if (work.why instanceof LedgerLost) {
            fatal = work.why;
            stop = true;
        }
        if (weight(work.why) > (lane.wanting == null ? 0 : weight(lane.wanting.why))) lane.wanting = work;
        if (lane.running.isEmpty()) decide(lane, lane.wanting == null ? work : lane.wanting);
    }

    /** Of two reasons, the one that weighs more decides: whoever only stopped was asked to. */
    private static int weight(@Nullable Throwable why) {
        if (why == null) return 0;
        if (why instanceof Pulse.Stopped) return 1;
        if (why instanceof LedgerLost) return 4;
        return passing(why) ? 2 : 3;
    }

    private void decide(Lane lane, Attempt work) {
        Throwable why = work.why;
        if (why instanceof LedgerLost) {
            ended(lane, false);
        } else if (lane.failed) {
            if (why != null) around.watcher().failed(work.step, why);
            ended(lane, true);
        } else if (why instanceof Pulse.Stopped) {
            ended(lane, false);
        } else if (why == null && !done(work.step)) {
            fail(lane, work.step, new IllegalStateException(work.step.id() + " ended without saying how"));
        } else if (why == null) {
            lane.attempts = 1;
            if (lane.steps.stream().allMatch(this::done) || stop) ended(lane, false);
            else start(lane, next(lane));
        } else if (passing(why) && lane.attempts < rules.attempts() && !stop) {
            lane.attempts++;
            var pause = rules.pause(lane.attempts, around.jitter().nextDouble());
            around.watcher()
                    .said(
                            work.step,
                            "attempt " + lane.attempts + " of " + rules.attempts() + " in " + Quantity.time(pause));
            resting.add(new Rest(lane, around.workers().now().plus(pause)));
        } else {
            fail(lane, work.step, why);
        }
    }

    private static boolean passing(Throwable why) {
        return why instanceof Refusal refusal && refusal.kind() == Refusal.Kind.PASSING;
    }

    /**
     * Gives a lane up and sends it to its clean step. Unless the scope was cut over, that takes back what was staged, so a
     * resume begins again behind the export: the dump stays.
     */
    private void fail(Lane lane, Step step, Throwable why) {
        lane.failed = true;
        if (lane.whole()) fatal = why;
        try {
            if (lane.scope != null) record(new Event.ScopeFailed(lane.scope, step.id()));
            Step clean = lane.cleanUpAfter(step);
            if (clean == null) {
                ended(lane, true);
                return;
            }
            boolean cutOver = lane.steps.stream().anyMatch(one -> one instanceof Step.Cutover && done(one));
            var undone = lane.steps.stream()
                    .filter(one -> done(one) && !(one instanceof Step.Export))
                    .map(Step::id)
                    .toList();
            if (!cutOver && !undone.isEmpty()) record(new Event.Reopened(undone));
            start(lane, clean);
        } catch (LedgerLost lost) {
            fatal = lost;
            stop = true;
            ended(lane, false);
        }
    }

    /** A lane gives its place back. */
    private void ended(Lane lane, boolean failed) {
        running--;
        if (lane.large) largeRunning--;
        if (lane.whole() || stop || fatal != null) return;
        var verdict = failures.after(failed);
        if (verdict == null) return;
        if (verdict.abort()) abort(verdict.why());
        else pause(verdict.why());
    }

    private Outcome conclude() {
        if (fatal instanceof LedgerLost lost) throw lost.refusal;
        boolean all = graph.steps().stream().allMatch(this::done)
                && graph.scopes().stream().noneMatch(scope -> ledger.state().rolledBack(scope.id()));
        boolean some = graph.steps().stream()
                .anyMatch(step -> step instanceof Step.Confirm && !ScopeId.NETWORK.equals(step.scope()) && done(step));
        var halted = halt.get();
        Outcome outcome;
        String why = null;
        if (fatal != null) {
            outcome = Outcome.FAILED;
            why = message(fatal);
        } else if (all) {
            outcome = Outcome.DONE;
        } else if (halted != null) {
            outcome = halted.abort() ? Outcome.ABORTED : Outcome.PAUSED;
            why = halted.why();
        } else if (stop) {
            outcome = Outcome.STOPPED;
        } else {
            outcome = some ? Outcome.PARTLY : Outcome.FAILED;
        }
        ledger.record(new Event.RunEnded(outcome, why));
        return outcome;
    }

    private boolean done(Step step) {
        return ledger.state().done(step.id());
    }

    private boolean ledgerHas(List<String> steps) {
        return steps.stream().allMatch(ledger.state()::done);
    }

    private void record(Event event) {
        LedgerLost.record(ledger, event);
    }

    static String message(Throwable why) {
        return why instanceof Refusal ? String.valueOf(why.getMessage()) : why.toString();
    }
}
