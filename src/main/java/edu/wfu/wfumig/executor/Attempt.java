package edu.wfu.wfumig.executor;

import static java.util.Objects.requireNonNull;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Quantity;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.executor.Executor.Surroundings;
import edu.wfu.wfumig.graph.Step;
import edu.wfu.wfumig.ledger.Checkpoint;
import edu.wfu.wfumig.ledger.Event;
import edu.wfu.wfumig.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One attempt at one step: runs on a worker's thread, is judged by the loop. */
final class Attempt implements Workers.Work, Pulse {
    /** What all attempts of a run share. */
    record Run(
            Ledger ledger,
            Map<Class<? extends Step>, StepRunner<?>> runners,
            Surroundings around,
            @Nullable Duration siteTimeout,
            BooleanSupplier stopped) {}

    private static final long LOOK_AROUND_MILLIS = 5;

    final Lane lane;
    final Step step;
    private final Run run;

    /** The attempt that this one follows, beside it; null when it follows none. */
    final @Nullable Attempt leader;

    private volatile boolean overdue;
    private volatile boolean ended;

    /** Why it did not do its step; null when it did. */
    volatile @Nullable Throwable why;

    Attempt(Run run, Lane lane, Step step, @Nullable Attempt leader) {
        this.leader = leader;
        this.run = run;
        this.lane = lane;
        this.step = step;
    }

    @Override
    public void run() {
        try {
            // Cleaning up after a failure is part of that failure: it is never recorded as done.
            if (lane.failed) execute();
            else recorded();
        } catch (Exception | LinkageError | VirtualMachineError e) {
            why = e;
        } catch (Error e) {
            // Nobody expects it, but the step is not to be taken for done.
            why = e;
            throw e;
        } finally {
            ended = true;
        }
    }

    private void recorded() {
        if (abandoned()) throw new Stopped();
        record(new Event.StepStarted(step.id()));
        run.around().watcher().started(step);
        Instant start = run.around().workers().now();
        try {
            if (overdue || passed(deadline())) throw late();
            var facts = execute();
            outlastLeader();
            long millis = millisSince(start);
            record(new Event.StepDone(step.id(), millis, facts));
            run.around().watcher().done(step, millis);
        } catch (LedgerLost | Stopped e) {
            throw e;
        } catch (Exception | LinkageError | VirtualMachineError e) {
            Throwable reason = overdue || passed(deadline()) ? late() : e;
            boolean mismatch = reason instanceof Refusal refusal && refusal.kind() == Refusal.Kind.MISMATCH;
            record(new Event.StepFailed(step.id(), millisSince(start), Executor.message(reason), mismatch));
            run.around().watcher().failed(step, reason);
            why = reason;
        }
    }

    private void record(Event event) {
        LedgerLost.record(run.ledger(), event);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> execute() throws Exception {
        var runner = (StepRunner<Step>) run.runners().get(step.getClass());
        if (runner == null) throw new IllegalStateException("no runner for " + step.id());
        return runner.run(step, this);
    }

    private boolean passed(@Nullable Instant time) {
        return time != null && run.around().workers().now().isAfter(time);
    }

    private long millisSince(Instant start) {
        return Duration.between(start, run.around().workers().now()).toMillis();
    }

    private Refusal late() {
        return new Refusal(
                Refusal.Kind.FAILED,
                Problem.of(
                        lane.scope + " took longer than it may",
                        "to be swapped in within " + Quantity.time(requireNonNull(run.siteTimeout())),
                        "its target is untouched",
                        "raise siteTimeout or name it in largeSites, then type: wfumig resume"));
    }

    @Override
    public boolean follows() {
        return leader != null && !leader.ended;
    }

    /** Whether the one that it follows has not done its step. */
    private boolean abandoned() {
        return leader != null && leader.ended && leader.why != null;
    }

    /** Who follows is not done before the one it follows is. */
    private void outlastLeader() {
        while (follows()) {
            moved(0, 0);
            try {
                Thread.sleep(LOOK_AROUND_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Stopped();
            }
        }
        moved(0, 0);
    }

    /** From the cutover on a scope is brought to its end: it is short, and half of it would be worse than late. */
    @Override
    public @Nullable Instant deadline() {
        boolean bounded = step instanceof Step.Export
                || step instanceof Step.Stage
                || step instanceof Step.Verify
                || step instanceof Step.Backup;
        return bounded && !lane.failed ? lane.deadline : null;
    }

    @Override
    public void overdue() {
        overdue = true;
    }

    @Override
    public void moved(long rows, long bytes) {
        run.around().watcher().moved(step, rows, bytes);
        if (overdue) throw late();
        if (abandoned() || run.stopped().getAsBoolean()) throw new Stopped();
    }

    @Override
    public void note(Map<String, Object> facts) {
        record(new Event.Noted(step.id(), facts));
    }

    @Override
    public void checkpoint(List<Checkpoint> chunks, Map<String, Object> facts) {
        record(new Event.ChunksDone(step.id(), List.copyOf(chunks), facts));
    }

    @Override
    public List<Checkpoint> checkpoints() {
        return run.ledger().state().checkpoints(step.id());
    }

    @Override
    public void forgetCheckpoints() {
        if (checkpoints().isEmpty()) return;
        record(new Event.Reopened(List.of(step.id())));
        record(new Event.StepStarted(step.id()));
    }

    @Override
    public Map<String, Object> noted() {
        return run.ledger().state().facts(step.id());
    }

    @Override
    public void tookBack(Step earlier) {
        record(new Event.Reopened(List.of(earlier.id())));
    }

    @Override
    public void table(String name, long rows, long bytes, long millis) {
        run.around().watcher().table(step, name, rows, bytes, millis);
    }

    @Override
    public void say(String line) {
        run.around().watcher().said(step, line);
    }

    @Override
    public void waits(String why) {
        Pulse.super.waits(why);
        run.around().watcher().waits(step, why);
    }

    @Override
    public void goesOn() {
        Pulse.super.goesOn();
        run.around().watcher().waits(step, "");
    }
}
