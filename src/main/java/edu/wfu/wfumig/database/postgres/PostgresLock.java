package edu.wfu.wfumig.database.postgres;

import static edu.wfu.wfumig.database.postgres.PostgresText.literal;

import edu.wfu.wfumig.database.Claim;
import edu.wfu.wfumig.database.LeasedLock;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * An advisory lock, freed by the server when the session ends, with a {@link PostgresLease} beside it. Each session through
 * which the owner writes shares a second advisory lock.
 *
 * An advisory lock belongs to a database, as the target does. Source: PostgreSQL manual, "Advisory Locks", "pg_locks" and
 * "Server Signaling Functions" (an account may always end sessions of its own).
 */
final class PostgresLock extends LeasedLock<SQLException> implements PostgresFence {
    /** Sessions that hold an advisory lock; the number of a lock is a hash of its name. */
    private static final String HOLDERS = """
            SELECT l.pid FROM pg_locks AS l
            WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted
            AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND (l.classid::bigint << 32 | l.objid::bigint) = %s""";

    private final Connection connection;
    private final PostgresLease lease;

    private PostgresLock(Connection connection, Claim claim, PostgresLease lease) {
        super(claim, lease);
        this.connection = connection;
        this.lease = lease;
    }

    /** Takes the lock, or closes the connection and refuses. */
    static PostgresLock take(Connection connection, Claim claim) {
        var lock = new PostgresLock(connection, claim, new PostgresLease(connection, claim));
        try {
            lock.take();
            return lock;
        } catch (SQLException e) {
            throw PostgresFailure.of("taking the lock of " + claim.what(), e);
        }
    }

    @Override
    protected long connection() throws SQLException {
        return number("SELECT pg_backend_pid()");
    }

    @Override
    protected boolean stands() throws SQLException {
        return stands(connection, false);
    }

    /** Asks for the session that has the lock, and that the lease runs. */
    private boolean stands(Connection asked, boolean committing) throws SQLException {
        String mine = "SELECT EXISTS (" + holders(claim.name()) + " AND l.pid = " + id() + ")";
        try (var statement = asked.createStatement()) {
            try (var row = statement.executeQuery(mine)) {
                if (!row.next() || !row.getBoolean(1)) return false;
            }
            if (token() == 0) return true;
            try (var row = statement.executeQuery(lease.standing(token(), committing))) {
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
            statement.execute("SELECT pg_advisory_lock_shared(" + key(shared()) + ")");
        }
    }

    @Override
    public void require(Connection writer) throws SQLException {
        require(() -> stands(writer, false));
    }

    @Override
    public void requireCommitting(Connection writer) throws SQLException {
        require(() -> stands(writer, true));
    }

    @Override
    public void also(String name) {
        try {
            takeAlso(name);
        } catch (SQLException e) {
            throw PostgresFailure.of("taking a further lock", e);
        }
    }

    @Override
    protected List<Long> writers() throws SQLException {
        return numbers(holders(shared()));
    }

    /** The lock that writers share. */
    private String shared() {
        return claim.name() + ":writers";
    }

    @Override
    protected void end(long other) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(ending(other));
        } catch (SQLException e) {
            throw unended(other, "cannot be ended: " + e.getMessage());
        }
    }

    @Override
    protected String ending(long other) {
        return "SELECT pg_terminate_backend(" + other + ")";
    }

    @Override
    protected boolean get(String name, int seconds) throws SQLException {
        long deadline = System.nanoTime() + seconds * 1_000_000_000L;
        while (number("SELECT pg_try_advisory_lock(" + key(name) + ")::int") != 1) {
            if (System.nanoTime() >= deadline) return false;
            await(0);
        }
        return true;
    }

    @Override
    protected void giveBack(String name) throws SQLException {
        number("SELECT pg_advisory_unlock(" + key(name) + ")::int");
    }

    @Override
    protected long holder(String name) throws SQLException {
        return number(holders(name));
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

    @Override
    protected void disconnect() {
        try {
            connection.close();
        } catch (SQLException e) {
            // The server notices.
        }
    }
}
