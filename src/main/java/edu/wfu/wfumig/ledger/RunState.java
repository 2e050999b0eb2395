package edu.wfu.wfumig.ledger;

import edu.wfu.wfumig.ScopeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state of a run: a fold over its events. One of the few mutable things in the house; it changes only through
 * {@link #apply}, under its own monitor, so that 80,000 steps cost 80,000 small changes.
 */
public final class RunState {
    /** How a run stands. */
    public enum Outcome {
        RUNNING,
        DONE,
        PARTLY,
        FAILED,
        STOPPED,
        PAUSED,
        ABORTED,
        ROLLED_BACK
    }

    /** How a step stands. */
    public enum Phase {
        RUNNING,
        DONE,
        FAILED
    }

    /**
     * @param at when it last changed
     * @param millis how long the last attempt took
     * @param facts what it found out or noted
     * @param mismatch whether it failed because what is there is not what should be
     */
    public record StepState(
            Phase phase,
            int attempts,
            Instant at,
            long millis,
            Map<String, Object> facts,
            @Nullable String error,
            boolean mismatch) {}

    /** The option by which a resume goes on at the chunk, whatever the snapshot. */
    public static final String NOT_CONSISTENT = "--not-consistent";

    /** The option by which the work folder keeps its dumps. */
    public static final String KEEP_FILES = "--keep-files";

    private static final Duration BACKUP_AGE = Duration.ofMinutes(10);

    private final String id;
    private String plan = "";
    private String target = "";
    private @Nullable Instant started;
    private @Nullable Instant ended;
    private Outcome outcome = Outcome.RUNNING;
    private @Nullable String why;
    private final Map<String, StepState> steps = new LinkedHashMap<>();
    private final Map<String, String> overridden = new LinkedHashMap<>();
    private final Map<String, List<Checkpoint>> checkpoints = new HashMap<>();
    private final Set<ScopeId> failed = new LinkedHashSet<>();
    private int failedInARow;
    private boolean resumed;
    private boolean rehearsal;

    /** When the last event happened. */
    private @Nullable Instant last;

    private final Set<ScopeId> rolledBack = new LinkedHashSet<>();
    private final Set<ScopeId> keptDropped = new LinkedHashSet<>();

    public RunState(String id) {
        this.id = id;
    }

    public synchronized void apply(Event event, Instant at) {
        if (event instanceof Event.RunStarted e) {
            plan = e.plan();
            target = e.target();
            started = at;
        } else if (event instanceof Event.Rehearsing) {
            rehearsal = true;
        } else if (event instanceof Event.RunResumed) {
            resumed = true;
            // A target is written all the time: what was backed up longer ago is backed up anew.
            if (last == null || Duration.between(last, at).compareTo(BACKUP_AGE) > 0) {
                checkpoints.keySet().removeIf(step -> step.endsWith("/backup"));
            }
            // Who goes on after a pause has looked into it; after a crash nobody has.
            if (ended != null) {
                failedInARow = 0;
                failed.clear();
            }
            outcome = Outcome.RUNNING;
            ended = null;
        } else if (event instanceof Event.StepStarted e) {
            var before = steps.get(e.step());
            int attempts = before == null ? 1 : before.attempts() + 1;
            steps.put(e.step(), new StepState(Phase.RUNNING, attempts, at, 0, facts(e.step()), null, false));
        } else if (event instanceof Event.StepDone e) {
            var facts = new LinkedHashMap<>(facts(e.step()));
            facts.putAll(e.facts());
            steps.put(e.step(), new StepState(Phase.DONE, attempts(e.step()), at, e.millis(), facts, null, false));
            checkpoints.remove(e.step());
            if (e.step().endsWith("/confirm")) {
                failedInARow = 0;
                failed.remove(new ScopeId(e.step().substring(0, e.step().lastIndexOf('/'))));
            }
        } else if (event instanceof Event.StepFailed e) {
            steps.put(
                    e.step(),
                    new StepState(
                            Phase.FAILED,
                            attempts(e.step()),
                            at,
                            e.millis(),
                            facts(e.step()),
                            e.error(),
                            e.mismatch()));
        } else if (event instanceof Event.ScopeFailed e) {
            failed.add(e.scope());
            // Its staged tables are dropped next, and the target may change before a backup is begun again.
            checkpoints.remove(e.scope() + "/stage");
            checkpoints.remove(e.scope() + "/backup");
            failedInARow++;
        } else if (event instanceof Event.RulesOverridden e) {
            overridden.putAll(e.rules());
        } else if (event instanceof Event.ChunksDone e) {
            checkpoints.computeIfAbsent(e.step(), step -> new ArrayList<>()).addAll(e.chunks());
            steps.put(e.step(), new StepState(Phase.RUNNING, attempts(e.step()), at, 0, e.facts(), null, false));
        } else if (event instanceof Event.Noted e) {
            steps.put(e.step(), new StepState(Phase.RUNNING, attempts(e.step()), at, 0, e.facts(), null, false));
        } else if (event instanceof Event.Reopened e) {
            e.steps().forEach(steps::remove);
            e.steps().forEach(checkpoints::remove);
        } else if (event instanceof Event.RolledBack e) {
            rolledBack.add(e.scope());
        } else if (event instanceof Event.KeptDropped e) {
            keptDropped.add(e.scope());
        } else if (event instanceof Event.RunEnded e) {
            outcome = e.outcome();
            why = e.why();
            ended = at;
        }
        last = at;
    }

    private int attempts(String step) {
        var state = steps.get(step);
        return state == null ? 1 : state.attempts();
    }

    public synchronized boolean done(String step) {
        var state = steps.get(step);
        return state != null && state.phase() == Phase.DONE;
    }

    /** What a step found out or noted; empty when it has not begun. */
    public synchronized Map<String, Object> facts(String step) {
        var state = steps.get(step);
        return state == null ? Map.of() : state.facts();
    }

    /** All steps that have begun, in the order in which they did. */
    public synchronized Map<String, StepState> steps() {
        return new LinkedHashMap<>(steps);
    }

    public synchronized boolean rolledBack(ScopeId scope) {
        return rolledBack.contains(scope);
    }

    public synchronized boolean keptDropped(ScopeId scope) {
        return keptDropped.contains(scope);
    }

    /** What a step that is not done has safe, in the order in which it came. */
    public synchronized List<Checkpoint> checkpoints(String step) {
        return List.copyOf(checkpoints.getOrDefault(step, List.of()));
    }

    /** Whether the run was ever resumed, so that its duration tells little. */
    public synchronized boolean resumed() {
        return resumed;
    }

    /** Whether it ends before the first cutover. */
    public synchronized boolean rehearsal() {
        return rehearsal;
    }

    /** Whether the last attempt at a step failed. */
    public synchronized boolean failed(String step) {
        var state = steps.get(step);
        return state != null && state.phase() == Phase.FAILED;
    }

    /** How many scopes were given up since the run began or was last resumed. */
    public synchronized int failedInAll() {
        return failed.size();
    }

    /** How many scopes failed since the last one that was confirmed, in the order in which they ended. */
    public synchronized int failedInARow() {
        return failedInARow;
    }

    /** Rules of the plan that the command line replaced. */
    public synchronized Map<String, String> overridden() {
        return new LinkedHashMap<>(overridden);
    }

    public String id() {
        return id;
    }

    public synchronized String plan() {
        return plan;
    }

    /** The target as its server and schema. */
    public synchronized String target() {
        return target;
    }

    public synchronized @Nullable Instant started() {
        return started;
    }

    public synchronized @Nullable Instant ended() {
        return ended;
    }

    public synchronized Outcome outcome() {
        return outcome;
    }

    /** Whether all rows of a scope are to come from one snapshot, so that a resume reads unfinished tables anew. */
    public synchronized boolean consistent() {
        return !overridden.containsKey(NOT_CONSISTENT);
    }

    /** Whether dumps stay in the work folder, whatever else keeps them. */
    public synchronized boolean keepsFiles() {
        return overridden.containsKey(KEEP_FILES);
    }

    public synchronized @Nullable String why() {
        return why;
    }
}
