package edu.wfu.wfumig.database;

import edu.wfu.wfumig.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * A lock that the server frees by itself when the connection behind it dies. Once lost it stays lost, whoever has it now:
 * what is written through the database it was taken from is refused from then on.
 */
public interface ServerLock extends AutoCloseable {
    /** Whether the lock is still this one's, as the server says now. */
    boolean held();

    /** Refuses when it is not. */
    default void require() {
        if (!held()) throw lost();
    }

    /** The refusal of what comes too late. */
    Refusal lost();

    /** Takes one more lock, which lives and dies with this one. */
    void also(String name);

    /** Calls {@code then} once when the lock is found to be lost. */
    void whenLost(Runnable then);

    /** A number that grows with each owner; 0 when no lease could be written down. */
    long token();

    /** Who had the lock before and never gave it up; null when nobody. */
    @Nullable
    String predecessor();

    @Override
    void close();
}
