package edu.wfu.wfumig.lock;

import edu.wfu.wfumig.Digest;
import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.database.ServerLock;

/** One run per target: a lock on the target's own server, so that it holds between machines. */
public final class TargetLock {
    private TargetLock() {}

    /** Takes the lock of a schema, or refuses with who holds it. */
    public static ServerLock take(Database target, String serverIdentity, String schema) {
        return target.lock("wfumig:" + Digest.of(serverIdentity + "\0" + schema).substring(0, 40));
    }
}
