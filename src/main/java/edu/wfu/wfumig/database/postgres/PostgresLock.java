package edu.wfu.wfumig.database.postgres;

import static edu.wfu.wfumig.database.postgres.PostgresText.literal;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.Claim;
import edu.wfu.wfumig.database.ServerLock;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An advisory lock, freed by the server when the session ends, with a {@link PostgresLease} beside it.
 *
 * <ol>
 *   <li>Whoever finds the lock taken is refused, unless the lease of the very session that has it has ended: that one is
 *       ended too.
 *   <li>Each session through which the owner writes shares a second advisory lock. Whoever gets the main lock ends all
 *       sessions that share it, before and after it writes its own lease: what a paused owner was about to send goes
 *       nowhere, even when its last question was answered with yes.
 *   <li>Writers ask before each write, and before they commit. That is for owners whose lease has ended, or who lost the
 *       session with the lock, while nobody has come yet.
 * </ol>
 *
 * An advisory lock belongs to a database, as the target does. Source: PostgreSQL manual, "Advisory Locks", "pg_locks" and
 * "Server Signaling Functions" (an account may always end sessions of its own).
 */
final class PostgresLock implements ServerLock, PostgresFence {
    /** How long the server may take to end a session. */
    private static final int SECONDS_TO_END = 10;

    /** Sessions that hold an advisory lock; the number of a lock is a hash of its name. */
    private static final String HOLDERS = """
            SELECT l.pid FROM pg_locks AS l
            WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted
            AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND (l.classid::bigint << 32 | l.objid::bigint) = %s""";

    private final Connection connection;
    private final Claim claim;
    private final long id;
    private final List<String> names = new ArrayList<>();
    private final List<Runnable> whenLost = new ArrayList<>();
    private @Nullable String predecessor;
    private long token;
    private boolean lost;
    private boolean closed;

    private PostgresLock(Connection connection, Claim claim) throws SQLException {
        this.connection = connection;
        this.claim = claim;
        this.id = number("SELECT pg_backend_pid()");
    }

    /** Takes the lock, or closes the connection and refuses. */
    static PostgresLock take(Connection connection, Claim claim) {
        try {
            var lock = new PostgresLock(connection, claim);
            lock.obtain();
            lock.begin();
            return lock;
        } catch (SQLException e) {
            closeQuietly(connection);
            throw PostgresFailure.of("taking the lock of " + claim.what(), e);
        } catch (Refusal e) {
            closeQuietly(connection);
            throw e;
        }
    }

    private void obtain() throws SQLException {
        if (!get(claim.name())) {
            long holder = number(holders(claim.name()));
            var lease = PostgresLease.find(connection, claim);
            boolean silent = lease != null && lease.connection() == holder && lease.ended();
            if (holder != 0 && !silent && !claim.byForce()) throw taken(holder, lease);
            if (holder != 0) end(holder);
            if (!get(claim.name(), holder != 0 ? SECONDS_TO_END : 1)) throw taken(holder, lease);
        }
        names.add(claim.name());
    }

    private void begin() throws SQLException {
        endWriters();
        if (claim.schema() == null) return;
        try {
            var before = PostgresLease.find(connection, claim);
            if (before != null) predecessor = before.owner();
            token = PostgresLease.begin(connection, claim, before);
        } catch (SQLException e) {
            // An account that may not write here is told so by the preflight, right by right.
            if (PostgresLease.DENIED.contains(PostgresFailure.state(e))) return;
            throw e;
        }
        endWriters();
        var renewing = new Thread(this::keepRenewing, "lease");
        renewing.setDaemon(true);
        renewing.start();
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
            if (PostgresLease.renew(connection, claim, token)) return true;
        } catch (SQLException e) {
            // The session is gone, and the lock with it.
        }
        lose();
        return false;
    }

    @Override
    public synchronized boolean held() {
        if (lost || closed) return false;
        try {
            if (!stands(connection, false)) lose();
        } catch (SQLException e) {
            lose();
        }
        return !lost;
    }

    /** Asks for the session that has the lock, and that the lease runs. */
    private boolean stands(Connection asked, boolean committing) throws SQLException {
        String mine = "SELECT EXISTS (" + holders(claim.name()) + " AND l.pid = " + id + ")";
        try (var statement = asked.createStatement()) {
            try (var row = statement.executeQuery(mine)) {
                if (!row.next() || !row.getBoolean(1)) return false;
            }
            if (token == 0) return true;
            try (var row = statement.executeQuery(PostgresLease.standing(claim, token, committing))) {
                return row.next();
            }
        } catch (SQLException e) {
            if (PostgresFailure.state(e).equals(PostgresFailure.UNDEFINED_TABLE)) return false;
            throw e;
        }
    }

    @Override
    public void admit(Connection writer) throws SQLException {
        try (var statement = writer.createStatement()) {
            statement.execute("SELECT pg_advisory_lock_shared(" + key(writers()) + ")");
        }
    }

    @Override
    public void require(Connection writer) throws SQLException {
        require(writer, false);
    }

    @Override
    public void requireCommitting(Connection writer) throws SQLException {
        require(writer, true);
    }

    private void require(Connection writer, boolean committing) throws SQLException {
        synchronized (this) {
            if (lost || closed) throw lost();
        }
        if (stands(writer, committing)) return;
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
    public synchronized void whenLost(Runnable then) {
        whenLost.add(then);
        if (lost) then.run();
    }

    @Override
    public Refusal lost() {
        return new Refusal(
                Refusal.Kind.LOCKED,
                Problem.of(
                        claim.owner() + " has lost its lock of " + claim.what()
                                + ": it was silent for longer than its lease of "
                                + claim.lease().toSeconds() + " s, or its connection was ended",
                        "a lock that is held until the end",
                        "nothing was written since; the tables are as they were before the cutover, or swapped as a whole",
                        "wfumig status; when no other run is at it: wfumig resume"));
    }

    @Override
    public synchronized void also(String name) {
        try {
            if (get(name)) {
                names.add(name);
                return;
            }
            long holder = number(holders(name));
            throw new Refusal(
                    Refusal.Kind.LOCKED,
                    Problem.of(
                            "another run holds the staging schema (connection " + holder + " of its server)",
                            "one run per staging schema at a time",
                            "nothing was written",
                            "wait for it to end, or name another staging schema"));
        } catch (SQLException e) {
            throw PostgresFailure.of("taking a further lock", e);
        }
    }

    @Override
    public long token() {
        return token;
    }

    @Override
    public @Nullable String predecessor() {
        return predecessor;
    }

    /** Ends the sessions through which an earlier owner wrote, and waits until they are gone. */
    private void endWriters() throws SQLException {
        long deadline = System.nanoTime() + SECONDS_TO_END * 1_000_000_000L;
        for (var left = numbers(holders(writers())); !left.isEmpty(); left = numbers(holders(writers()))) {
            for (long writer : left) end(writer);
            if (System.nanoTime() > deadline) throw unended(left.get(0), "does not end");
            await(20, left.get(0));
        }
    }

    private void await(long millis, long other) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unended(other, "was not waited for");
        }
    }

    private String writers() {
        return claim.name() + ":writers";
    }

    private void end(long other) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(" + other + ")");
        } catch (SQLException e) {
            throw unended(other, "cannot be ended: " + e.getMessage());
        }
    }

    private boolean get(String name) throws SQLException {
        return number("SELECT pg_try_advisory_lock(" + key(name) + ")::int") == 1;
    }

    private boolean get(String name, int seconds) throws SQLException {
        for (int tried = 0; tried < seconds * 50; tried++) {
            if (get(name)) return true;
            await(20, 0);
        }
        return false;
    }

    private static String holders(String name) {
        return HOLDERS.formatted(key(name));
    }

    private static String key(String name) {
        return "hashtextextended(" + literal(name) + ", 0)";
    }

    private List<Long> numbers(String question) throws SQLException {
        var numbers = new ArrayList<Long>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(question)) {
            while (row.next()) numbers.add(row.getLong(1));
        }
        return numbers;
    }

    /** The first number of an answer; 0 when it is empty. */
    private long number(String question) throws SQLException {
        var numbers = numbers(question);
        return numbers.isEmpty() ? 0 : numbers.get(0);
    }

    private Refusal taken(long holder, @Nullable PostgresLease lease) {
        String known = lease != null && lease.connection() == holder ? lease.owner() + ", " : "";
        String who = known + "connection " + holder + " of its server";
        return new Refusal(
                Refusal.Kind.LOCKED,
                Problem.of(
                        "another run holds the target: " + who,
                        "one run per target at a time",
                        "nothing was written",
                        "wait for it to end: one that is dead is free within "
                                + claim.lease().toSeconds() + " s; or wfumig unlock PLAN --force"));
    }

    private Refusal unended(long other, String why) {
        return new Refusal(
                Refusal.Kind.LOCKED,
                Problem.of(
                        "an earlier owner of the target " + claim.what() + " still has connection " + other
                                + " of its server, which " + why,
                        "an earlier owner that cannot write any more",
                        "nothing was written",
                        "SELECT pg_terminate_backend(" + other + ") as an administrator of the server"));
    }

    @Override
    public synchronized void close() {
        if (closed) return;
        closed = true;
        try {
            if (!lost) {
                if (token != 0) PostgresLease.end(connection, claim, token);
                // A closed connection gives its locks back a moment later; whoever comes next is not to wait for that.
                for (String name : names) number("SELECT pg_advisory_unlock(" + key(name) + ")::int");
            }
        } catch (SQLException e) {
            // The server frees it with the session; what is left of the lease ends by itself.
        }
        closeQuietly(connection);
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // The server notices.
        }
    }
}
