package edu.wfu.wfumig.database;

import org.jspecify.annotations.Nullable;

/**
 * Where the lease of one lock is written down, in the schema that is locked.
 *
 * @param <E> what the driver throws
 */
public interface Leases<E extends Exception> {
    /** The table. It is there only while somebody has the lock or died with it. */
    String TABLE = "wfumig_lock";

    /** The lease that is written down; null when there is none. */
    @Nullable
    Lease find() throws E;

    /** Writes that of a new owner, who has the lock already; returns its token, or 0 where the account may not write. */
    long begin(@Nullable Lease before) throws E;

    /** Renews it; false when it has ended, even if nobody has come since. */
    boolean renew(long token) throws E;

    /** Takes it away, with those of owners long silent, and the table when nothing is left. */
    void end(long token) throws E;
}
