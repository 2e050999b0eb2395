package edu.wfu.wfumig.database.postgres;

import static edu.wfu.wfumig.database.postgres.PostgresText.name;

import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.BulkLoader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * All rows of a table in one transaction and one {@code COPY}, in binary form.
 *
 * <ol>
 *   <li>The table is emptied first, in the same transaction: then the server may write rows as old ones from their beginning
 *       ({@code FREEZE}), and needs not touch them again when somebody reads them.
 *   <li>Rows follow as they come; the server takes all of them or says which it does not understand.
 *   <li>Before the commit the transaction's number is asked for: each row has it for good, as {@code xmin}.
 * </ol>
 *
 * Source: PostgreSQL manual, "COPY", "System Columns", "pg_current_xact_id".
 */
final class PostgresWhole implements BulkLoader.Whole {
    private final Connection connection;
    private final String table;
    private final PostgresFence fence;
    private final CopyIn copy;
    private boolean open = true;

    PostgresWhole(Connection connection, String schema, String table, List<String> columns, PostgresFence fence) {
        this.connection = connection;
        this.table = table;
        this.fence = fence;
        try {
            fence.require(connection);
            try (var statement = connection.createStatement()) {
                statement.execute("TRUNCATE " + name(schema, table));
            }
            String sql = PostgresLoader.into(schema, table, columns) + " (FORMAT binary, FREEZE)";
            copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
            byte[] header = PostgresBinary.header();
            copy.writeToCopy(header, 0, header.length);
        } catch (SQLException e) {
            PostgresLoader.rollback(connection);
            throw failed(e);
        } catch (Refusal e) {
            PostgresLoader.rollback(connection);
            throw e;
        }
    }

    @Override
    public void add(byte[] rows, int from, int to) {
        try {
            PostgresLoader.send(copy, rows, from, to);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public String commit(long rows) {
        try (var statement = connection.createStatement()) {
            byte[] trailer = PostgresBinary.trailer();
            copy.writeToCopy(trailer, 0, trailer.length);
            long taken = copy.endCopy();
            if (taken != rows) throw PostgresLoader.mismatch(table, taken, rows);
            String transaction = PostgresRows.texts(statement, "SELECT pg_catalog.pg_current_xact_id()::xid::text")
                    .get(0);
            fence.requireCommitting(connection);
            connection.commit();
            open = false;
            return transaction;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private Refusal failed(SQLException e) {
        return PostgresFailure.of("loading table " + table, e);
    }

    @Override
    public void close() {
        if (!open) return;
        open = false;
        try {
            if (copy.isActive()) copy.cancelCopy();
        } catch (SQLException e) {
            // The server ends it with the transaction.
        }
        PostgresLoader.rollback(connection);
    }
}
