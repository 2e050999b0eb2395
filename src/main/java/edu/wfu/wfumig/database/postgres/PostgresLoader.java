package edu.wfu.wfumig.database.postgres;

import static edu.wfu.wfumig.database.postgres.PostgresText.name;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.BulkLoader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Loads chunks with {@code COPY … FROM STDIN} from memory, each in a transaction of its own. The server takes all rows or
 * says which line it does not understand; how many it took is compared all the same.
 */
final class PostgresLoader implements BulkLoader {
    /** A message to the server holds so many bytes at most, so that an error ends a chunk before its end. */
    private static final int MESSAGE = 1 << 20;

    private final Connection connection;
    private final String schema;
    private final PostgresFence fence;

    PostgresLoader(Connection connection, String schema, PostgresFence fence) {
        this.connection = connection;
        this.schema = schema;
        this.fence = fence;
        try {
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw PostgresFailure.of("preparing to load", e);
        }
    }

    @Override
    public String path() {
        return "COPY";
    }

    @Override
    public void load(String table, List<String> columns, boolean loadable, byte[] text, int from, int to, long rows) {
        try {
            // Whoever has lost the target loads nothing, and what it was loading is not committed.
            fence.require(connection);
            long taken = copy(table, columns, text, from, to);
            if (taken != rows) throw mismatch(table, taken, rows);
            fence.requireCommitting(connection);
            connection.commit();
        } catch (SQLException e) {
            rollback(connection);
            throw PostgresFailure.of("loading table " + table, e);
        } catch (Refusal e) {
            rollback(connection);
            throw e;
        }
    }

    @Override
    public Whole whole(String table, List<String> columns) {
        return new PostgresWhole(connection, schema, table, columns, fence);
    }

    private long copy(String table, List<String> columns, byte[] text, int from, int to) throws SQLException {
        String sql = into(schema, table, columns);
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        try {
            send(copy, text, from, to);
            return copy.endCopy();
        } finally {
            if (copy.isActive()) copy.cancelCopy();
        }
    }

    static String into(String schema, String table, List<String> columns) {
        return "COPY " + name(schema, table)
                + columns.stream().map(PostgresText::name).collect(Collectors.joining(",", " (", ")"))
                + " FROM STDIN";
    }

    static void send(CopyIn copy, byte[] rows, int from, int to) throws SQLException {
        for (int at = from; at < to; at += MESSAGE) copy.writeToCopy(rows, at, Math.min(MESSAGE, to - at));
    }

    static Refusal mismatch(String table, long taken, long rows) {
        return new Refusal(
                Refusal.Kind.MISMATCH,
                Problem.of(
                        "loading table " + table + ", the staging server took " + taken + " of " + rows + " rows",
                        "every row taken as it is",
                        "the target is untouched",
                        "look for triggers or rules on the staged table, then type: wfumig resume"));
    }

    static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The connection is gone, and with it the transaction.
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // It is gone already, and with it what was not committed.
        }
    }
}
