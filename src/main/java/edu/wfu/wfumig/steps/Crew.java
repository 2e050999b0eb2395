package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.HelpingThread;
import edu.wfu.wfumig.executor.Pulse;
import edu.wfu.wfumig.executor.ThreadWorkers;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Threads that share the tables of one step. Each has tools of its own and takes the next table when it is done with one; the
 * step's own thread is the first of them. When one fails, the others stop at their next safe moment, and the step fails with
 * what the first one met.
 */
final class Crew {
    /** What is done with a table. */
    interface Job<M, T> {
        void run(M tools, T table, Crew crew) throws Exception;
    }

    private final Pulse pulse;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private Crew(Pulse pulse) {
        this.pulse = pulse;
    }

    /**
     * Returns when every table is done.
     *
     * @param tools one for each thread
     */
    static <M, T> void share(Pulse pulse, List<M> tools, List<T> tables, Job<M, T> job) throws Exception {
        var crew = new Crew(pulse);
        var left = new ConcurrentLinkedQueue<>(tables);
        var others = new ArrayList<Thread>();
        for (var mine : tools.subList(1, Math.max(1, Math.min(tools.size(), tables.size())))) {
            var thread = new HelpingThread(() -> crew.work(mine, left, job), "crew", ThreadWorkers.STACK_BYTES);
            thread.start();
            others.add(thread);
        }
        crew.work(tools.get(0), left, job);
        for (var thread : others) thread.join();
        var why = crew.failure.get();
        if (why instanceof Exception e) throw e;
        if (why instanceof Error e) throw e;
    }

    private <M, T> void work(M mine, Queue<T> left, Job<M, T> job) {
        try {
            for (T table = left.poll(); table != null && failure.get() == null; table = left.poll()) {
                job.run(mine, table, this);
            }
        } catch (Throwable e) { // an error of any kind, or the table would be taken for done
            failure.compareAndSet(null, e);
        }
    }

    Pulse pulse() {
        return pulse;
    }

    /** Throws when the step is to stop, or when another of the crew has failed. */
    void lookAround() {
        moved(0, 0);
    }

    /** As {@link Pulse#moved}; also throws when another of the crew has failed. */
    void moved(long rows, long bytes) {
        if (failure.get() != null) throw new Pulse.Stopped();
        pulse.moved(rows, bytes);
    }
}
