package edu.wfu.wfumig.database.mysql;

import static edu.wfu.wfumig.database.mysql.MysqlText.literal;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.Claim;
import edu.wfu.wfumig.database.ServerLock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET_LOCK}, freed by the server when the connection ends, with a {@link MysqlLease} beside it.
 *
 * <ol>
 *   <li>Whoever finds the lock taken is refused, unless the lease of the very connection that has it has ended: that one
 *       is ended too.
 *   <li>Each connection through which the owner writes holds a lock of its own, numbered below the main one. Whoever gets
 *       the main lock ends all connections that hold one of those, before and after it writes its own lease: what a
 *       paused owner was about to send goes nowhere, even when its last question was answered with yes.
 *   <li>Writers ask before each write, and before they commit. That is for owners whose lease has ended, or who lost the
 *       connection with the lock, while nobody has come yet.
 * </ol>
 *
 * Source: MySQL manual, "Locking Functions" and "KILL Statement" (an account may always end connections of its own).
 */
final class MysqlLock implements ServerLock, MysqlFence {
    /** How many connections of an owner may write at a time. */
    private static final int WRITERS = 128;

    /** How long the server may take to end a connection. */
    private static final int SECONDS_TO_END = 10;

    /** ER_NO_SUCH_THREAD. */
    private static final int NO_CONNECTION = 1094;

    private final Connection connection;
    private final Claim claim;
    private final long id;
    private final List<String> names = new ArrayList<>();
    private final List<Runnable> whenLost = new ArrayList<>();
    private final AtomicInteger nextWriter = new AtomicInteger();
    private @Nullable String predecessor;
    private long token;
    private boolean lost;
    private boolean closed;

    private MysqlLock(Connection connection, Claim claim) throws SQLException {
        this.connection = connection;
        this.claim = claim;
        this.id = number("SELECT CONNECTION_ID()");
    }

    /** Takes the lock, or closes the connection and refuses. */
    static MysqlLock take(Connection connection, Claim claim) {
        try {
            var lock = new MysqlLock(connection, claim);
            lock.obtain();
            lock.begin();
            return lock;
        } catch (SQLException e) {
            closeQuietly(connection);
            throw MysqlFailure.of("taking the lock of " + claim.what(), e);
        } catch (Refusal e) {
            closeQuietly(connection);
            throw e;
        }
    }

    private void obtain() throws SQLException {
        if (!get(claim.name(), 0)) {
            long holder = number("SELECT IS_USED_LOCK(" + literal(claim.name()) + ")");
            var lease = MysqlLease.find(connection, claim);
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
            var before = MysqlLease.find(connection, claim);
            if (before != null) predecessor = before.owner();
            token = MysqlLease.begin(connection, claim, before);
        } catch (SQLException e) {
            // An account that may not write here is told so by the preflight, right by right.
            if (MysqlLease.DENIED.contains(e.getErrorCode())) return;
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
            if (MysqlLease.renew(connection, claim, token)) return true;
        } catch (SQLException e) {
            // The connection is gone, and the lock with it.
        }
        lose();
        return false;
    }

    @Override
    public synchronized boolean held() {
        if (lost || closed) return false;
        try (var statement = connection.createStatement()) {
            if (!stands(statement, question(false))) lose();
        } catch (SQLException e) {
            lose();
        }
        return !lost;
    }

    private String question(boolean committing) {
        if (token == 0) return "SELECT IS_USED_LOCK(" + literal(claim.name()) + ")";
        return MysqlLease.standing(claim, token) + (committing ? " LOCK IN SHARE MODE" : "");
    }

    private boolean stands(Statement statement, String question) throws SQLException {
        try (var row = statement.executeQuery(question)) {
            return row.next() && row.getLong(1) == id;
        } catch (SQLException e) {
            if (e.getErrorCode() == MysqlLease.NO_TABLE) return false;
            throw e;
        }
    }

    @Override
    public void admit(Connection writer) throws SQLException {
        try (var statement = writer.createStatement()) {
            for (int tried = 0; tried < WRITERS; tried++) {
                int number = Math.floorMod(nextWriter.getAndIncrement(), WRITERS);
                try (var row = statement.executeQuery("SELECT GET_LOCK(" + literal(writer(number)) + ", 0)")) {
                    if (row.next() && row.getInt(1) == 1) return;
                }
            }
        }
        throw new Refusal(
                Refusal.Kind.FAILED,
                Problem.of(
                        "this run has " + WRITERS + " connections open that write",
                        "fewer",
                        "nothing was written through one more",
                        "lower parallel in the plan"));
    }

    @Override
    public void require(Statement writer) throws SQLException {
        require(writer, question(false));
    }

    @Override
    public void requireInBytes(Statement writer, boolean committing) throws SQLException {
        require(writer, MysqlText.inBytes(question(committing)));
    }

    private void require(Statement writer, String question) throws SQLException {
        synchronized (this) {
            if (lost || closed) throw lost();
        }
        if (stands(writer, question)) return;
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
                        "nothing was written since; each site is as it was before its cutover, or swapped as a whole",
                        "wfumig status; when no other run is at it: wfumig resume"));
    }

    @Override
    public synchronized void also(String name) {
        try {
            if (get(name, 0)) {
                names.add(name);
                return;
            }
            long holder = number("SELECT IS_USED_LOCK(" + literal(name) + ")");
            throw new Refusal(
                    Refusal.Kind.LOCKED,
                    Problem.of(
                            "another run holds the staging schema (connection " + holder + " of its server)",
                            "one run per staging schema at a time",
                            "nothing was written",
                            "wait for it to end, or name another staging schema"));
        } catch (SQLException e) {
            throw MysqlFailure.of("taking a further lock", e);
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

    /** Ends the connections through which an earlier owner wrote, and waits until they are gone. */
    private void endWriters() throws SQLException {
        long deadline = System.nanoTime() + SECONDS_TO_END * 1_000_000_000L;
        for (var writers = writers(); !writers.isEmpty(); writers = writers()) {
            for (long writer : writers) end(writer);
            if (System.nanoTime() > deadline) throw unended(writers.get(0), "does not end");
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw unended(writers.get(0), "was not waited for");
            }
        }
    }

    private List<Long> writers() throws SQLException {
        String question = IntStream.range(0, WRITERS)
                .mapToObj(number -> "IS_USED_LOCK(" + literal(writer(number)) + ")")
                .collect(Collectors.joining(", ", "SELECT ", ""));
        var writers = new ArrayList<Long>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(question)) {
            row.next();
            for (int i = 1; i <= WRITERS; i++) if (row.getLong(i) != 0) writers.add(row.getLong(i));
        }
        return writers;
    }

    private String writer(int number) {
        return claim.name() + ":" + number;
    }

    private void end(long other) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("KILL CONNECTION " + other);
        } catch (SQLException e) {
            if (e.getErrorCode() != NO_CONNECTION) throw unended(other, "cannot be ended: " + e.getMessage());
        }
    }

    private boolean get(String name, int seconds) throws SQLException {
        return number("SELECT GET_LOCK(" + literal(name) + ", " + seconds + ")") == 1;
    }

    private long number(String question) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(question)) {
            row.next();
            return row.getLong(1);
        }
    }

    private Refusal taken(long holder, @Nullable MysqlLease lease) {
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
                        "KILL CONNECTION " + other + " as an administrator of the server"));
    }

    @Override
    public synchronized void close() {
        if (closed) return;
        closed = true;
        try {
            if (!lost) {
                if (token != 0) MysqlLease.end(connection, claim, token);
                // A closed connection gives its locks back a moment later; whoever comes next is not to wait for that.
                for (String name : names) number("SELECT RELEASE_LOCK(" + literal(name) + ")");
            }
        } catch (SQLException e) {
            // The server frees it with the connection; what is left of the lease ends by itself.
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
