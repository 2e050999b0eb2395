package edu.wfu.wfumig.database;

import java.util.List;

/**
 * A database server as one account sees it. Opens what each job needs; each opened thing has connections of its own
 * and is closed by who opened it.
 */
public interface Database {
    Dialect dialect();

    Catalogue catalogue();

    /**
     * A consistent view of tables of one schema, for exporting.
     *
     * @param readers how many are wanted; there are fewer where they could not see the same moment
     */
    Snapshot snapshot(String schema, List<String> tables, int readers);

    BulkLoader loader(String schema);

    SchemaEditor editor();

    Swapper swapper();

    /** A connection for statements that people wrote, in a schema. */
    SqlSession session(String schema);

    /** The history of the runs into a schema. */
    RunTable runs(String schema);

    Proof proof(String schema);

    /**
     * Tells how busy the server is.
     *
     * @param lag whether how far it is behind matters, for which the account needs a privilege
     */
    LoadGauge gauge(boolean lag);

    /** A schema of wfumig's own for what others have dumped. */
    Intake intake(String schema);

    /** Cuts the connections that a thread has opened, so that it comes back from whatever it waits for. */
    void release(Thread thread);

    /**
     * Takes a lock at once, or says who holds it. The lock lives as long as the returned object, and so long whatever is
     * written through this database is written only while it is held.
     */
    ServerLock lock(Claim claim);
}
