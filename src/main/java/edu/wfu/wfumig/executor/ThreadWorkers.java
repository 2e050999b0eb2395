package edu.wfu.wfumig.executor;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Works on threads, two for each lane that may run (one step may follow another), and on the clock of the machine. */
public final class ThreadWorkers implements Workers {
    /** Of every thread that rewrites values: as deep as their strings may be nested. */
    public static final long STACK_BYTES = 16 << 20;

    private final ExecutorService threads;
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, named("clock"));
    private final BlockingQueue<Work> ended = new LinkedBlockingQueue<>();
    private final Consumer<Thread> release;

    /**
     * @param release gets a thread out of whatever it waits for, when its work is overdue
     */
    public ThreadWorkers(int lanes, Consumer<Thread> release) {
        threads = Executors.newFixedThreadPool(2 * lanes, named("lane"));
        this.release = release;
    }

    private static ThreadFactory named(String name) {
        return task -> {
            // Room for values whose strings are nested as deep as the rewrite goes.
            var thread = new Thread(null, task, name, STACK_BYTES);
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public void start(Work work) {
        threads.execute(() -> run(work));
    }

    private void run(Work work) {
        var thread = new AtomicReference<@Nullable Thread>(Thread.currentThread());
        var deadline = work.deadline();
        var alarm = deadline == null
                ? null
                : clock.schedule(
                        () -> {
                            work.overdue();
                            // Under the monitor, so that a thread which has gone on to other work is left alone.
                            synchronized (thread) {
                                if (thread.get() != null) release.accept(thread.get());
                            }
                        },
                        Math.max(0, Duration.between(now(), deadline).toMillis()),
                        TimeUnit.MILLISECONDS);
        try {
            work.run();
        } finally {
            synchronized (thread) {
                thread.set(null);
            }
            if (alarm != null) alarm.cancel(false);
            ended.add(work);
        }
    }

    @Override
    public @Nullable Work next(Duration atMost) throws InterruptedException {
        return ended.poll(Math.max(0, atMost.toMillis()), TimeUnit.MILLISECONDS);
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        clock.shutdownNow();
    }
}
