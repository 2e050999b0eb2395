package edu.wfu.wfumig.database;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lock that the server frees when the connection behind it ends, with a {@link Lease} beside it.
 *
 * <ol>
 *   <li>Whoever finds the lock taken is refused, unless the lease of the very connection that has it has ended: that one
 *       is ended too.
 *   <li>The connections through which an owner writes are known to the server as such. Whoever gets the lock ends all of them,
 *       before and after it writes its own lease: what a paused owner was about to send goes nowhere, even when its last
 *       question was answered with yes.
 *   <li>Writers ask before each write, and before they commit. That is for owners whose lease has ended, or who lost the
 *       connection with the lock, while nobody has come yet. Between the answer and what is then sent the lock may still be
 *       lost: one definition can reach a target that nobody else has, never one that somebody has taken (2).
 * </ol>
 *
 * @param <E> what the driver throws
 */
public abstract class LeasedLock<E extends Exception> implements ServerLock {
    /** How long the server may take to end a connection. */
    protected static final int SECONDS_TO_END = 10;

    protected final Claim claim;
    private final Leases<E> leases;
    private final List<String> names = new ArrayList<>();
    private final List<Runnable> whenLost = new ArrayList<>();
    private long id;
    private @Nullable String predecessor;
    private long token;
    private boolean lost;
    private boolean closed;

    protected LeasedLock(Claim claim, Leases<E> leases) {
        this.claim = claim;
        this.leases = leases;
    }

    /** The server's number of the connection that is to have the lock. */
    protected abstract long connection() throws E;

    /** Takes a lock if it is free within so many seconds. */
    protected abstract boolean get(String name, int seconds) throws E;

    protected abstract void giveBack(String name) throws E;

    /** The connection that has a lock; 0 when none has. */
    protected abstract long holder(String name) throws E;

    /** The connections through which an owner of the claimed lock writes. */
    protected abstract List<Long> writers() throws E;

    /** Ends a connection, or says that it is {@link #unended}. */
    protected abstract void end(long other) throws E;

    /** The statement that ends a connection. */
    protected abstract String ending(long other);

    /** Whether the server says that the lock is held, and that its lease runs. */
    protected abstract boolean stands() throws E;

    /** Closes the connection, whatever the server says. */
    protected abstract void disconnect();

    /** Takes the lock, or closes the connection and refuses. */
    protected final void take() throws E {
        boolean taken = false;
        try {
            id = connection();
            obtain();
            begin();
            taken = true;
        } finally {
            if (!taken) disconnect();
        }
    }

    private void obtain() throws E {
        if (!get(claim.name(), 0)) {
            long holder = holder(claim.name());
            var lease = leases.find();
            boolean silent = lease != null && lease.connection() == holder && lease.ended();
            if (holder != 0 && !silent && !claim.byForce()) throw taken(holder, lease);
            if (holder != 0) end(holder);
            if (!get(claim.name(), holder != 0 ? SECONDS_TO_END : 1)) throw taken(holder, lease);
        }
        names.add(claim.name());
    }

    private void begin() throws E {
        endWriters();
        if (claim.schema() == null) return;
        var before = leases.find();
        if (before != null) predecessor = before.owner();
        token = leases.begin(before);
        // An account that may not write here is told so by the preflight, right by right.
        if (token == 0) return;
        endWriters();
        var renewing = new Thread(this::keepRenewing, "lease");
        renewing.setDaemon(true);
        renewing.start();
    }

    /** Ends the connections through which an earlier owner wrote, and waits until they are gone. */
    private void endWriters() throws E {
        long deadline = System.nanoTime() + SECONDS_TO_END * 1_000_000_000L;
        for (var left = writers(); !left.isEmpty(); left = writers()) {
            for (long writer : left) end(writer);
            if (System.nanoTime() > deadline) throw unended(left.get(0), "does not end");
            await(left.get(0));
        }
    }

    /** Waits a moment for another connection to end. */
    protected final void await(long other) {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unended(other, "was not waited for");
        }
    }

    private void keepRenewing() {
        while (renewed()) {
            try {
                Thread.sleep(Math.max(1, claim.lease().toMillis() / 4));
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private synchronized boolean renewed() {
        if (closed || lost) return false;
        try {
            if (leases.renew(token)) return true;
        } catch (Exception e) {
            // The connection is gone, and the lock with it.
        }
        lose();
        return false;
    }

    @Override
    public final synchronized boolean held() {
        if (lost || closed) return false;
        try {
            if (!stands()) lose();
        } catch (Exception e) {
            lose();
        }
        return !lost;
    }

    /** Something that is asked of the server. */
    protected interface Question<E extends Exception> {
        boolean yes() throws E;
    }

    /** Refuses unless the server says through a writer's own connection that the lock stands. */
    protected final void require(Question<E> standing) throws E {
        synchronized (this) {
            if (lost || closed) throw lost();
        }
        if (standing.yes()) return;
        synchronized (this) {
            lose();
        }
        throw lost();
    }

    private void lose() {
        if (lost || closed) return;
        lost = true;
        whenLost.forEach(Runnable::run);
    }

    @Override
    public final synchronized void whenLost(Runnable then) {
        whenLost.add(then);
        if (lost) then.run();
    }

    /** Takes one more lock, or refuses. */
    protected final synchronized void takeAlso(String name) throws E {
        if (get(name, 0)) {
            names.add(name);
            return;
        }
        throw refusal(
                "another run holds the staging schema (connection " + holder(name) + " of its server)",
                "one run per staging schema at a time",
                "nothing was written",
                "wait for it to end, or name another staging schema");
    }

    /** The connection that took the lock. */
    protected final long id() {
        return id;
    }

    @Override
    public final long token() {
        return token;
    }

    @Override
    public final @Nullable String predecessor() {
        return predecessor;
    }

    @Override
    public final Refusal lost() {
        return refusal(
                claim.owner() + " has lost its lock of " + claim.what()
                        + ": it was silent for longer than its lease of "
                        + claim.lease().toSeconds() + " s, or its connection was ended",
                "a lock that is held until the end",
                "nothing was written since; each scope is as it was before its cutover, or swapped as a whole",
                "wfumig status; when no other run is at it: wfumig resume");
    }

    private Refusal taken(long holder, @Nullable Lease lease) {
        String known = lease != null && lease.connection() == holder ? lease.owner() + ", " : "";
        return refusal(
                "another run holds the target: " + known + "connection " + holder + " of its server",
                "one run per target at a time",
                "nothing was written",
                "wait for it to end: one that is dead is free within "
                        + claim.lease().toSeconds() + " s; or wfumig unlock PLAN --force");
    }

    /** The refusal to go on while another connection may still write. */
    protected final Refusal unended(long other, String why) {
        return refusal(
                "an earlier owner of the target " + claim.what() + " still has connection " + other
                        + " of its server, which " + why,
                "an earlier owner that cannot write any more",
                "nothing was written",
                ending(other) + " as an administrator of the server");
    }

    private static Refusal refusal(String found, String expected, String safe, String next) {
        return new Refusal(Refusal.Kind.LOCKED, Problem.of(found, expected, safe, next));
    }

    @Override
    public final synchronized void close() {
        if (closed) return;
        closed = true;
        try {
            if (!lost) {
                if (token != 0) leases.end(token);
                // A closed connection gives its locks back a moment later; whoever comes next is not to wait for that.
                for (String name : names) giveBack(name);
            }
        } catch (Exception e) {
            // The server frees it with the connection; what is left of the lease ends by itself.
        }
        disconnect();
    }
}
