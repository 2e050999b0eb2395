package edu.wfu.wfumig.database.mysql;

import static edu.wfu.wfumig.database.mysql.MysqlText.literal;
import static edu.wfu.wfumig.database.mysql.MysqlText.name;

import edu.wfu.wfumig.database.Claim;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The row that says who has a lock and until when, by the server's clock, in the table {@value #TABLE} of the locked schema.
 * The table is there only while somebody has the lock or died with it.
 */
record MysqlLease(String owner, long token, long connection, boolean ended) {
    static final String TABLE = "wfumig_lock";

    /** ER_NO_SUCH_TABLE. */
    static final int NO_TABLE = 1146;

    /** ER_DBACCESS_DENIED_ERROR, ER_TABLEACCESS_DENIED_ERROR. */
    static final Set<Integer> DENIED = Set.of(1044, 1142);

    /** The row of a lock; null when there is none. */
    static @Nullable MysqlLease find(Connection connection, Claim claim) throws SQLException {
        if (claim.schema() == null) return null;
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT owner, token, connection, expires <= UTC_TIMESTAMP(6) FROM "
                        + table(claim) + " WHERE name = " + literal(claim.name()))) {
            return row.next()
                    ? new MysqlLease(row.getString(1), row.getLong(2), row.getLong(3), row.getBoolean(4))
                    : null;
        } catch (SQLException e) {
            if (e.getErrorCode() == NO_TABLE || DENIED.contains(e.getErrorCode())) return null;
            throw e;
        }
    }

    /** Writes the row of a new owner, who has the lock already; returns its token, which is above all before. */
    static long begin(Connection connection, Claim claim, @Nullable MysqlLease before) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS " + table(claim)
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
            statement.execute("REPLACE INTO " + table(claim) + " VALUES (" + literal(claim.name()) + ", "
                    + literal(owner) + ", " + token + ", CONNECTION_ID(), UTC_TIMESTAMP(6), " + until(claim) + ")");
            return token;
        }
    }

    /** Renews the row; false when it has ended, even if nobody has come since. */
    static boolean renew(Connection connection, Claim claim, long token) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.executeUpdate("UPDATE " + table(claim) + " SET expires = " + until(claim)
                            + " WHERE name = " + literal(claim.name()) + " AND token = " + token
                            + " AND expires > UTC_TIMESTAMP(6)")
                    == 1;
        }
    }

    /** Takes the row away, with those of owners long silent, and the table when nothing is left. */
    static void end(Connection connection, Claim claim, long token) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET SESSION lock_wait_timeout = 5");
            statement.execute("DELETE FROM " + table(claim) + " WHERE name = " + literal(claim.name()) + " AND token = "
                    + token + " OR expires <= UTC_TIMESTAMP(6)");
            try (var rows = statement.executeQuery("SELECT COUNT(*) FROM " + table(claim))) {
                rows.next();
                if (rows.getLong(1) > 0) return;
            }
            statement.execute("DROP TABLE " + table(claim));
        }
    }

    /** Asks for the connection that has the lock, and gets a row only while the lease runs. */
    static String standing(Claim claim, long token) {
        return "SELECT IS_USED_LOCK(" + literal(claim.name()) + ") FROM " + table(claim) + " WHERE name = "
                + literal(claim.name()) + " AND token = " + token + " AND expires > UTC_TIMESTAMP(6)";
    }

    private static String until(Claim claim) {
        return "UTC_TIMESTAMP(6) + INTERVAL " + claim.lease().toNanos() / 1000 + " MICROSECOND";
    }

    private static String table(Claim claim) {
        return name(Objects.requireNonNull(claim.schema()), TABLE);
    }
}
