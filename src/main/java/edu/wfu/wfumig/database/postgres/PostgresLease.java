package edu.wfu.wfumig.database.postgres;

import static edu.wfu.wfumig.database.postgres.PostgresText.literal;
import static edu.wfu.wfumig.database.postgres.PostgresText.name;

import edu.wfu.wfumig.database.Claim;
import edu.wfu.wfumig.database.Lease;
import edu.wfu.wfumig.database.Leases;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The row that says who has a lock and until when, in the table {@value Leases#TABLE} of the locked schema. */
record PostgresLease(Connection connection, Claim claim) implements Leases<SQLException> {
    private static final Set<String> DENIED =
            Set.of(PostgresFailure.INSUFFICIENT_PRIVILEGE, PostgresFailure.INVALID_SCHEMA_NAME);

    private static final String NOW = "clock_timestamp()";

    @Override
    public @Nullable Lease find() throws SQLException {
        if (claim.schema() == null) return null;
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT owner, token, connection, expires <= " + NOW + " FROM "
                        + table() + " WHERE name = " + literal(claim.name()))) {
            return row.next() ? new Lease(row.getString(1), row.getLong(2), row.getLong(3), row.getBoolean(4)) : null;
        } catch (SQLException e) {
            String state = PostgresFailure.state(e);
            if (state.equals(PostgresFailure.UNDEFINED_TABLE) || DENIED.contains(state)) return null;
            throw e;
        }
    }

    @Override
    public long begin(@Nullable Lease before) throws SQLException {
        try {
            return write(before);
        } catch (SQLException e) {
            if (DENIED.contains(PostgresFailure.state(e))) return 0;
            throw e;
        }
    }

    private long write(@Nullable Lease before) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS " + table()
                    + " (name text PRIMARY KEY, owner text, token bigint, connection bigint, taken timestamptz,"
                    + " expires timestamptz)");
            connection.setAutoCommit(false);
            try {
                // Deleted and not changed: whoever is about to commit under the earlier row is waited for.
                statement.execute("DELETE FROM " + table() + " WHERE name = " + literal(claim.name()));
                try (var row = statement.executeQuery("INSERT INTO " + table() + " SELECT "
                        + literal(claim.name()) + ", " + literal(claim.owner())
                        + ", greatest((extract(epoch FROM " + NOW + ") * 1000000)::bigint, "
                        + (before == null ? 0 : before.token() + 1) + "), pg_backend_pid(), " + NOW + ", "
                        + until() + " RETURNING token")) {
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

    @Override
    public boolean renew(long token) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.executeUpdate("UPDATE " + table() + " SET expires = " + until() + mine(token)) == 1;
        }
    }

    @Override
    public void end(long token) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET lock_timeout = '5s'");
            statement.execute("DELETE FROM " + table() + " WHERE name = " + literal(claim.name()) + " AND token = "
                    + token + " OR expires <= " + NOW);
            try (var rows = statement.executeQuery("SELECT count(*) FROM " + table())) {
                rows.next();
                if (rows.getLong(1) > 0) return;
            }
            statement.execute("DROP TABLE " + table());
        }
    }

    /** A condition that holds while the lease runs. */
    String standing(long token, boolean committing) {
        return "SELECT 1 FROM " + table() + mine(token) + (committing ? " FOR KEY SHARE" : "");
    }

    private String mine(long token) {
        return " WHERE name = " + literal(claim.name()) + " AND token = " + token + " AND expires > " + NOW;
    }

    private String until() {
        return NOW + " + interval '" + claim.lease().toNanos() / 1000 + " microseconds'";
    }

    private String table() {
        return name(Objects.requireNonNull(claim.schema()), TABLE);
    }
}
