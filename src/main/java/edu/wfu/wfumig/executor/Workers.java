package edu.wfu.wfumig.executor;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where steps run and time passes: threads and a clock, or a simulation of both. */
public interface Workers extends AutoCloseable {
    /** Something to do. Must not throw. */
    interface Work {
        void run();

        /** By when it should have ended; null when it may take as long as it likes. */
        @Nullable
        Instant deadline();

        /** Called from outside when it has not. */
        void overdue();
    }

    void start(Work work);

    /** Waits for the next work that has ended; null when none did in time. */
    @Nullable
    Work next(Duration atMost) throws InterruptedException;

    Instant now();

    @Override
    void close();
}
