package edu.wfu.wfumig.lock;

import edu.wfu.wfumig.Digest;
import edu.wfu.wfumig.database.Claim;
import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.database.ServerLock;
import java.time.Duration;

/**
 * One run per target: a lock on the target's own server, so that it holds between machines.
 *
 * <ol>
 *   <li>The server frees it when the connection of its owner ends: who is dead is out at once.
 *   <li>A lease in the target's schema names the owner and is renewed while it lives. Whoever is silent for longer, because
 *       its host is gone or it was paused, may be put out by the next one, who ends its connections before anything else.
 *   <li>Right before each write the owner asks the server whether the lock and the lease are still its own. One that was
 *       paused for longer than its lease writes nothing when it wakes, whether or not somebody has come.
 * </ol>
 */
public final class TargetLock {
    /** How long an owner may be silent: long enough for a server under load, short enough to wait for. */
    public static final Duration LEASE = Duration.ofSeconds(60);

    private TargetLock() {}

    /** Takes the lock of a schema, or refuses with who holds it. */
    public static ServerLock take(Database target, String serverIdentity, String schema, Owner owner, Duration lease) {
        return target.lock(claim(serverIdentity, schema, owner, lease, false));
    }

    /** Takes the lock of a schema from whoever holds it. */
    public static ServerLock takeByForce(
            Database target, String serverIdentity, String schema, Owner owner, Duration lease) {
        return target.lock(claim(serverIdentity, schema, owner, lease, true));
    }

    private static Claim claim(String serverIdentity, String schema, Owner owner, Duration lease, boolean force) {
        return new Claim(name(serverIdentity, schema), schema, schema, owner.toString(), lease, force);
    }

    /**
     * Takes the lock of a staging schema on a server of its own. There may be no schema yet to write a lease into, so this
     * one lives by its connection alone.
     */
    public static ServerLock takeStaging(Database staging, String serverIdentity, String schema, Owner owner) {
        return staging.lock(
                new Claim(name(serverIdentity, schema), schema, null, owner.toString(), Duration.ZERO, false));
    }

    /** What the lock of a schema is called on its server. */
    public static String name(String serverIdentity, String schema) {
        return "wfumig:" + Digest.of(serverIdentity + "\0" + schema).substring(0, 40);
    }
}
