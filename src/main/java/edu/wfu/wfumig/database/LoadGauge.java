package edu.wfu.wfumig.database;

import java.util.List;

/**
 * Asks a server how busy it is, over a connection of its own that is kept, and opened again when it was lost. Used by one thread
 * at a time.
 */
public interface LoadGauge extends AutoCloseable {
    /**
     * @throws edu.wfu.wfumig.Refusal when the server does not answer within ten seconds, or the account lacks what
     *     {@link #missingGrants} names
     */
    ServerLoad read();

    /** What the account lacks to be told, each as the GRANT to type. */
    List<String> missingGrants();

    @Override
    void close();
}
