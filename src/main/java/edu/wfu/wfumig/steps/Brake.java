package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.Quantity;
import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.database.LoadGauge;
import edu.wfu.wfumig.database.ServerLoad;
import edu.wfu.wfumig.executor.Pulse;
import edu.wfu.wfumig.plan.Plan;
import edu.wfu.wfumig.plan.Throttle;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Spares the source: one for a run, called by every thread that reads there, and makes them wait.
 *
 * <ol>
 *   <li>Rows are paid for with time: each thread waits until what all have read is paid. Time in which nobody read is worth
 *       {@link #CREDIT_MILLIS} at most, so that a long pause is not followed by a rush.
 *   <li>Once a second one of the threads asks the source how busy it is; all wait until it is quiet enough.
 * </ol>
 */
public final class Brake implements AutoCloseable {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NANOS_PER_SECOND = 1_000 * NANOS_PER_MILLI;

    private static final long CREDIT_MILLIS = 250;

    /** Less than this is not worth falling asleep for: it is paid with the next rows. */
    private static final long DEBT_NANOS = 10 * NANOS_PER_MILLI;

    /** How long a thread sleeps before it looks whether the run is to stop. */
    private static final long NAP_NANOS = 200 * NANOS_PER_MILLI;

    /** Time as this class sees it. */
    public interface Time {
        /** A number that grows by one each nanosecond. */
        long nanos();

        void sleep(long nanos) throws InterruptedException;

        Time REAL = new Time() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void sleep(long nanos) throws InterruptedException {
                Thread.sleep(nanos / NANOS_PER_MILLI, (int) (nanos % NANOS_PER_MILLI));
            }
        };
    }

    /** Makes nobody wait. */
    static final Brake OFF = new Brake(Throttle.NONE, null, "", Time.REAL);

    private final Throttle limits;
    private final @Nullable LoadGauge gauge;
    private final String source;
    private final Time time;
    private final long origin;

    /** Up to when everything that was read is paid for. */
    private long paid;

    private final ReentrantLock asking = new ReentrantLock();
    private volatile long asked = -NANOS_PER_SECOND;

    /** Why nothing may be read now; null when it may. */
    private volatile @Nullable String busy;

    /** The steps that have said that they wait. */
    private final Set<Pulse> waiting = ConcurrentHashMap.newKeySet();

    public Brake(Plan plan, Database source) {
        this(
                plan.throttle(),
                plan.throttle().watches() ? source.gauge(plan.throttle().replicaLag() != null) : null,
                plan.from(),
                Time.REAL);
    }

    /**
     * @param gauge asked when the limits watch the source
     * @param source what the source is called in messages
     */
    Brake(Throttle limits, @Nullable LoadGauge gauge, String source, Time time) {
        this.limits = limits;
        this.gauge = gauge;
        this.source = source;
        this.time = time;
        this.origin = time.nanos();
    }

    /** What the source's account lacks for what the plan wants, each as the GRANT to type. */
    List<String> missingGrants() {
        return gauge == null ? List.of() : gauge.missingGrants();
    }

    /** Says what a limit means on this source, where that may surprise. */
    void introduce(Pulse pulse) {
        if (gauge == null || limits.replicaLag() == null) return;
        if (!gauge.read().replica())
            pulse.say(source + " is no replica: it is never behind, and replicaLag never pauses");
    }

    /**
     * Called after every row, or every few hundred: returns when reading may go on.
     *
     * @param rows read since the last call of the same thread
     * @throws Pulse.Stopped when the run is to stop meanwhile
     * @throws edu.wfu.wfumig.Refusal when the source cannot be asked how busy it is, or the step is overdue
     */
    void passed(long rows, Pulse pulse) {
        Long most = limits.maxRowsPerSecond();
        if (most != null) pay(rows, most, pulse);
        if (gauge != null) waitWhileBusy(gauge, pulse);
    }

    private long now() {
        return time.nanos() - origin;
    }

    private void pay(long rows, long most, Pulse pulse) {
        long due = due((long) ((double) rows * NANOS_PER_SECOND / most));
        if (due - now() < DEBT_NANOS) return;
        for (long left = due - now(); left > 0; left = due - now()) nap(left, pulse);
    }

    private synchronized long due(long cost) {
        paid = Math.max(paid, now() - CREDIT_MILLIS * NANOS_PER_MILLI) + cost;
        return paid;
    }

    private void waitWhileBusy(LoadGauge with, Pulse pulse) {
        ask(with);
        String why = busy;
        if (why == null) return;
        if (waiting.add(pulse)) pulse.waits(why);
        while (busy != null) {
            nap(NAP_NANOS, pulse);
            ask(with);
        }
        // Several threads may read for one step: the first that goes on speaks for all.
        if (waiting.remove(pulse)) pulse.goesOn();
    }

    private void ask(LoadGauge with) {
        if (now() - asked < NANOS_PER_SECOND || !asking.tryLock()) return;
        try {
            if (now() - asked < NANOS_PER_SECOND) return;
            busy = tooMuch(with.read());
            asked = now();
        } finally {
            asking.unlock();
        }
    }

    private @Nullable String tooMuch(ServerLoad load) {
        Integer threads = limits.threadsRunning();
        if (threads != null && load.threadsRunning() > threads) {
            return Quantity.of(load.threadsRunning(), "thread") + (load.threadsRunning() == 1 ? " runs" : " run")
                    + " on " + source + ", the plan allows " + threads;
        }
        Duration allowed = limits.replicaLag();
        if (allowed == null) return null;
        String plan = ", the plan allows " + Quantity.time(allowed);
        Duration lag = load.lag();
        if (lag == null)
            return "replication of " + source + " stands still, so nobody knows how far it is behind" + plan;
        return lag.compareTo(allowed) > 0 ? source + " is " + Quantity.time(lag) + " behind" + plan : null;
    }

    private void nap(long nanos, Pulse pulse) {
        try {
            time.sleep(Math.min(nanos, NAP_NANOS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Pulse.Stopped();
        }
        pulse.moved(0, 0);
    }

    @Override
    public void close() {
        if (gauge != null) gauge.close();
    }
}
