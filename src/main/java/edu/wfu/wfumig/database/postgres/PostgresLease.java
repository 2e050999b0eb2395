package edu.wfu.wfumig.database.postgres;

import static edu.wfu.wfumig.database.postgres.PostgresText.literal;
import static edu.wfu.wfumig.database.postgres.PostgresText.name;

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
record PostgresLease(String owner, long token, long connection, boolean ended) {
    static final String TABLE = "wfumig_lock";

    static final Set<String> DENIED =
            Set.of(PostgresFailure.INSUFFICIENT_PRIVILEGE, PostgresFailure.INVALID_SCHEMA_NAME);

    private static final String NOW = "clock_timestamp()";

    /** The row of a lock; null when there is none. */
    static @Nullable PostgresLease find(Connection connection, Claim claim) throws SQLException {
        if (claim.schema() == null) return null;
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT owner, token, connection, expires <= " + NOW + " FROM "
                        + table(claim) + " WHERE name = " + literal(claim.name()))) {
            return row.next()
                    ? new PostgresLease(row.getString(1), row.getLong(2), row.getLong(3), row.getBoolean(4))
                    : null;
        } catch (SQLException e) {
            String state = PostgresFailure.state(e);
            if (state.equals(PostgresFailure.UNDEFINED_TABLE) || DENIED.contains(state)) return null;
            throw e;
        }
    }

    /** Writes the row of a new owner, who has the lock already; returns its token, which is above all before. */
    static long begin(Connection connection, Claim claim, @Nullable PostgresLease before) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS " + table(claim)
                    + " (name text PRIMARY KEY, owner text, token bigint, connection bigint, taken timestamptz,"
                    + " expires timestamptz)");
            connection.setAutoCommit(false);
            try {
                // Deleted and not changed: whoever is about to commit under the earlier row is waited for.
                statement.execute("DELETE FROM " + table(claim) + " WHERE name = " + literal(claim.name()));
                try (var row = statement.executeQuery("INSERT INTO " + table(claim) + " SELECT "
                        + literal(claim.name()) + ", " + literal(claim.owner())
                        + ", greatest((extract(epoch FROM " + NOW + ") * 1000000)::bigint, "
                        + (before == null ? 0 : before.token() + 1) + "), pg_backend_pid(), " + NOW + ", "
                        + until(claim) + " RETURNING token")) {
                    row.next();
                    long token = row.getLong(1);
                    connection.commit();
                    return token;
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    /** Renews the row; false when it has ended, even if nobody has come since. */
    static boolean renew(Connection connection, Claim claim, long token) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.executeUpdate(
                            "UPDATE " + table(claim) + " SET expires = " + until(claim) + mine(claim, token))
                    == 1;
        }
    }

    /** Takes the row away, with those of owners long silent, and the table when nothing is left. */
    static void end(Connection connection, Claim claim, long token) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET lock_timeout = '5s'");
            statement.execute("DELETE FROM " + table(claim) + " WHERE name = " + literal(claim.name()) + " AND token = "
                    + token + " OR expires <= " + NOW);
            try (var rows = statement.executeQuery("SELECT count(*) FROM " + table(claim))) {
                rows.next();
                if (rows.getLong(1) > 0) return;
            }
            statement.execute("DROP TABLE " + table(claim));
        }
    }

    /** A condition that holds while the lease runs. */
    static String standing(Claim claim, long token, boolean committing) {
        return "SELECT 1 FROM " + table(claim) + mine(claim, token) + (committing ? " FOR KEY SHARE" : "");
    }

    private static String mine(Claim claim, long token) {
        return " WHERE name = " + literal(claim.name()) + " AND token = " + token + " AND expires > " + NOW;
    }

    private static String until(Claim claim) {
        return NOW + " + interval '" + claim.lease().toNanos() / 1000 + " microseconds'";
    }

    private static String table(Claim claim) {
        return name(Objects.requireNonNull(claim.schema()), TABLE);
    }
}
