package edu.wfu.wfumig.database.postgres;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/**
 * Runs a transaction that locks others out, without keeping them waiting for long:
 *
 * <ol>
 *   <li>It waits for a lock no longer than {@code lockTimeout}, because whoever comes later waits behind it.
 *   <li>When a lock is not to be had, or a deadlock is found, all is undone and tried again after a pause: twice as long each
 *       time, and never quite the same.
 *   <li>After the last attempt the refusal names the sessions that are in the way.
 * </ol>
 *
 * @param attempts how many there are
 * @param pause before the second attempt
 */
record PostgresAttempts(Duration lockTimeout, int attempts, Duration pause) {
    static final PostgresAttempts USUAL = new PostgresAttempts(Duration.ofSeconds(5), 10, Duration.ofMillis(200));

    /** A lock was not to be had, or not all in time; a deadlock was found. */
    private static final Set<String> LOCKS = Set.of(PostgresFailure.LOCK_NOT_AVAILABLE, "57014", "40P01");

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** What is done in the transaction. */
    interface Work {
        void run(Statement statement) throws SQLException;
    }

    /**
     * @param doing in words, for messages
     * @param relations oids of those that are locked
     */
    void run(Connection connection, String doing, PostgresFence fence, Collection<Long> relations, Work work) {
        try (var statement = connection.createStatement()) {
            for (int attempt = 1; ; attempt++) {
                statement.execute("BEGIN");
                try {
                    // With no schema in the path, the server's definitions name all schemas.
                    statement.execute("SET LOCAL search_path = ''");
                    statement.execute("SET LOCAL lock_timeout = " + lockTimeout.toMillis());
                    fence.require(connection);
                    work.run(statement);
                    fence.requireCommitting(connection);
                    statement.execute("COMMIT");
                    return;
                } catch (SQLException e) {
                    rollback(statement);
                    if (!LOCKS.contains(PostgresFailure.state(e))) throw e;
                    if (attempt >= attempts) throw blocked(doing, relations, statement, e);
                    pauseAfter(attempt);
                } catch (RuntimeException e) {
                    rollback(statement);
                    throw e;
                }
            }
        } catch (SQLException e) {
            throw PostgresFailure.of(doing, e);
        }
    }

    private static void rollback(Statement statement) {
        try {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            // The connection is gone, and with it the transaction.
        }
    }

    private void pauseAfter(int attempt) {
        long longest = Math.min(LONGEST_PAUSE.toMillis(), pause.toMillis() << Math.min(attempt - 1, 20));
        try {
            Thread.sleep(longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2 + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(
                    Refusal.Kind.PASSING,
                    Problem.of("interrupted while waiting for a lock", "", "the target is untouched", "wfumig resume"),
                    e);
        }
    }

    private Refusal blocked(String doing, Collection<Long> relations, Statement statement, SQLException e) {
        var holders = holders(relations, statement);
        return new Refusal(
                Refusal.Kind.PASSING,
                Problem.of(
                        "while " + doing + " a lock was not to be had in " + attempts + " attempts of "
                                + lockTimeout.toMillis() + " ms: " + PostgresFailure.said(e)
                                + (holders.isEmpty() ? "" : "; in the way: " + String.join("; ", holders)),
                        "a moment in which no transaction uses these tables",
                        "nothing was changed",
                        "let these sessions end, then type: wfumig resume"),
                e);
    }

    /** Who holds a lock on these relations now. Those who wait behind this one are not in the way. */
    private static List<String> holders(Collection<Long> relations, Statement statement) {
        if (relations.isEmpty()) return List.of();
        String oids = relations.stream().map(String::valueOf).collect(Collectors.joining(","));
        String sql =
                "SELECT COALESCE('session ' || l.pid || COALESCE(' (' || nullif(a.application_name, '') || ')', '')"
                        + " || COALESCE(' of ' || a.usename, '') || COALESCE(', ' || a.state, '')"
                        + " || COALESCE(' for ' || date_trunc('second', clock_timestamp() - a.xact_start), ''),"
                        + " 'a prepared transaction (pg_prepared_xacts)')"
                        + " FROM (SELECT DISTINCT pid FROM pg_locks WHERE locktype = 'relation' AND granted AND relation IN ("
                        + oids + ") AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
                        + " AND pid IS DISTINCT FROM pg_backend_pid()) l LEFT JOIN pg_stat_activity a USING (pid) ORDER BY 1";
        try {
            return PostgresRows.texts(statement, sql);
        } catch (SQLException e) {
            return List.of(); // what is known already is the better message
        }
    }
}
