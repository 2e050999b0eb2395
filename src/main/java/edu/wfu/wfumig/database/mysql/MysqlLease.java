package edu.wfu.wfumig.database.mysql;

import static edu.wfu.wfumig.database.mysql.MysqlText.literal;
import static edu.wfu.wfumig.database.mysql.MysqlText.name;

import edu.wfu.wfumig.database.Claim;
import edu.wfu.wfumig.database.Lease;
import edu.wfu.wfumig.database.Leases;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The row that says who has a lock and until when, in the table {@value Leases#TABLE} of the locked schema. */
record MysqlLease(Connection connection, Claim claim) implements Leases<SQLException> {
    /** ER_NO_SUCH_TABLE. */
    static final int NO_TABLE = 1146;

    /** ER_DBACCESS_DENIED_ERROR, ER_TABLEACCESS_DENIED_ERROR. */
    private static final Set<Integer> DENIED = Set.of(1044, 1142);

    @Override
    public @Nullable Lease find() throws SQLException {
        if (claim.schema() == null) return null;
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT owner, token, connection, expires <= UTC_TIMESTAMP(6) FROM "
                        + table() + " WHERE name = " + literal(claim.name()))) {
            return row.next() ? new Lease(row.getString(1), row.getLong(2), row.getLong(3), row.getBoolean(4)) : null;
        } catch (SQLException e) {
            if (e.getErrorCode() == NO_TABLE || DENIED.contains(e.getErrorCode())) return null;
            throw e;
        }
    }

    @Override
    public long begin(@Nullable Lease before) throws SQLException {
        try {
            return write(before);
        } catch (SQLException e) {
            if (DENIED.contains(e.getErrorCode())) return 0;
            throw e;
        }
    }

    private long write(@Nullable Lease before) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS " + table()
                    + " (name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin PRIMARY KEY,"
                    + " owner VARCHAR(500) CHARACTER SET utf8mb4, token BIGINT, connection BIGINT, taken DATETIME(6),"
                    + " expires DATETIME(6))");
            long token;
            try (var clock =
                    statement.executeQuery("SELECT TIMESTAMPDIFF(MICROSECOND, '2020-01-01', UTC_TIMESTAMP(6))")) {
                clock.next();
                token = Math.max(clock.getLong(1), before == null ? 0 : before.token() + 1);
            }
            String owner =
                    claim.owner().substring(0, Math.min(500, claim.owner().length()));
            statement.execute("REPLACE INTO " + table() + " VALUES (" + literal(claim.name()) + ", " + literal(owner)
                    + ", " + token + ", CONNECTION_ID(), UTC_TIMESTAMP(6), " + until() + ")");
            return token;
        }
    }

    @Override
    public boolean renew(long token) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.executeUpdate("UPDATE " + table() + " SET expires = " + until()
                            + " WHERE name = " + literal(claim.name()) + " AND token = " + token
                            + " AND expires > UTC_TIMESTAMP(6)")
                    == 1;
        }
    }

    @Override
    public void end(long token) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET SESSION lock_wait_timeout = 5");
            statement.execute("DELETE FROM " + table() + " WHERE name = " + literal(claim.name()) + " AND token = "
                    + token + " OR expires <= UTC_TIMESTAMP(6)");
            try (var rows = statement.executeQuery("SELECT COUNT(*) FROM " + table())) {
                rows.next();
                if (rows.getLong(1) > 0) return;
            }
            statement.execute("DROP TABLE " + table());
        }
    }

    /** Asks for the connection that has the lock, and gets a row only while the lease runs. */
    String standing(long token) {
        return "SELECT IS_USED_LOCK(" + literal(claim.name()) + ") FROM " + table() + " WHERE name = "
                + literal(claim.name()) + " AND token = " + token + " AND expires > UTC_TIMESTAMP(6)";
    }

    private String until() {
        return "UTC_TIMESTAMP(6) + INTERVAL " + claim.lease().toNanos() / 1000 + " MICROSECOND";
    }

    private String table() {
        return name(Objects.requireNonNull(claim.schema()), TABLE);
    }
}
