package edu.wfu.wfumig.database.mysql;

import static edu.wfu.wfumig.database.mysql.MysqlText.literal;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.Claim;
import edu.wfu.wfumig.database.LeasedLock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * {@code GET_LOCK}, freed by the server when the connection ends, with a {@link MysqlLease} beside it. Each connection
 * through which the owner writes holds a lock of its own, numbered below the main one.
 *
 * Source: MySQL manual, "Locking Functions" and "KILL Statement" (an account may always end connections of its own).
 */
final class MysqlLock extends LeasedLock<SQLException> implements MysqlFence {
    /** How many connections of an owner may write at a time. */
    private static final int WRITERS = 128;

    /** ER_NO_SUCH_THREAD. */
    private static final int NO_CONNECTION = 1094;

    private final Connection connection;
    private final MysqlLease lease;
    private final AtomicInteger nextWriter = new AtomicInteger();

    private MysqlLock(Connection connection, Claim claim, MysqlLease lease) {
        super(claim, lease);
        this.connection = connection;
        this.lease = lease;
    }

    /** Takes the lock, or closes the connection and refuses. */
    static MysqlLock take(Connection connection, Claim claim) {
        var lock = new MysqlLock(connection, claim, new MysqlLease(connection, claim));
        try {
            lock.take();
            return lock;
        } catch (SQLException e) {
            throw MysqlFailure.of("taking the lock of " + claim.what(), e);
        }
    }

    @Override
    protected long connection() throws SQLException {
        return number("SELECT CONNECTION_ID()");
    }

    @Override
    protected boolean stands() throws SQLException {
        try (var statement = connection.createStatement()) {
            return stands(statement, question(false));
        }
    }

    private String question(boolean committing) {
        if (token() == 0) return "SELECT IS_USED_LOCK(" + literal(claim.name()) + ")";
        return lease.standing(token()) + (committing ? " LOCK IN SHARE MODE" : "");
    }

    private boolean stands(Statement statement, String question) throws SQLException {
        try (var row = statement.executeQuery(question)) {
            return row.next() && row.getLong(1) == id();
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
        require(() -> stands(writer, question(false)));
    }

    @Override
    public void requireInBytes(Statement writer, boolean committing) throws SQLException {
        require(() -> stands(writer, MysqlText.inBytes(question(committing))));
    }

    @Override
    public void also(String name) {
        try {
            takeAlso(name);
        } catch (SQLException e) {
            throw MysqlFailure.of("taking a further lock", e);
        }
    }

    @Override
    protected List<Long> writers() throws SQLException {
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

    @Override
    protected void end(long other) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(ending(other));
        } catch (SQLException e) {
            if (e.getErrorCode() != NO_CONNECTION) throw unended(other, "cannot be ended: " + e.getMessage());
        }
    }

    @Override
    protected String ending(long other) {
        return "KILL CONNECTION " + other;
    }

    @Override
    protected boolean get(String name, int seconds) throws SQLException {
        return number("SELECT GET_LOCK(" + literal(name) + ", " + seconds + ")") == 1;
    }

    @Override
    protected void giveBack(String name) throws SQLException {
        number("SELECT RELEASE_LOCK(" + literal(name) + ")");
    }

    @Override
    protected long holder(String name) throws SQLException {
        return number("SELECT IS_USED_LOCK(" + literal(name) + ")");
    }

    private long number(String question) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(question)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    protected void disconnect() {
        try {
            connection.close();
        } catch (SQLException e) {
            // The server notices.
        }
    }
}
