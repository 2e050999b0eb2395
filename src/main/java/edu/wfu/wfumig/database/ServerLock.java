package edu.wfu.wfumig.database;

/** A lock that the server frees by itself when the connection behind it dies. */
public interface ServerLock extends AutoCloseable {
    /** Whether the connection that holds the lock still lives. */
    boolean held();

    @Override
    void close();
}
