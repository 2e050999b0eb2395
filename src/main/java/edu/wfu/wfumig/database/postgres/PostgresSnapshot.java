package edu.wfu.wfumig.database.postgres;

import static edu.wfu.wfumig.database.postgres.PostgresText.literal;
import static edu.wfu.wfumig.database.postgres.PostgresText.name;

import edu.wfu.wfumig.database.Cursor;
import edu.wfu.wfumig.database.Snapshot;
import edu.wfu.wfumig.database.SnapshotReader;
import edu.wfu.wfumig.database.TableDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * One connection, one transaction that only reads; rows come as lines of {@code COPY}, one held at a time. Several of them see
 * the same moment:
 *
 * <ol>
 *   <li>The first reader begins a transaction and exports its snapshot.
 *   <li>Each other one begins with that snapshot. Nobody has to wait for anybody, and nothing is locked against writers.
 * </ol>
 *
 * A row that a policy would hide is an error, so that no table comes in part. A table without key is read in the order in which
 * it lies on disk, from its beginning. Source: PostgreSQL manual, "SET TRANSACTION", "System Administration Functions",
 * "COPY", "row_security", "synchronize_seqscans".
 */
final class PostgresSnapshot implements SnapshotReader {
    private static final List<String> SETTINGS = List.of(
            "SET LOCAL row_security = off",
            "SET LOCAL synchronize_seqscans = off",
            "SET LOCAL idle_in_transaction_session_timeout = 0",
            "SET LOCAL statement_timeout = 0");

    private final String schema;
    private final Connection connection;

    private PostgresSnapshot(String schema, Connection connection, @Nullable String shared) {
        this.schema = schema;
        this.connection = connection;
        try (var statement = connection.createStatement()) {
            statement.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
            if (shared != null) statement.execute("SET TRANSACTION SNAPSHOT " + literal(shared));
            for (String setting : SETTINGS) statement.execute(setting);
        } catch (SQLException e) {
            throw PostgresFailure.of("opening a snapshot", e);
        }
    }

    /**
     * @param connections opens one for a reader
     */
    static Snapshot of(String schema, int readers, Supplier<Connection> connections) {
        var opened = new ArrayList<Connection>();
        try {
            opened.add(connections.get());
            var first = new PostgresSnapshot(schema, opened.get(0), null);
            if (readers < 2) return new Snapshot(List.of(first), "one reader");
            String shared = first.export();
            var all = new ArrayList<SnapshotReader>(List.of(first));
            while (all.size() < readers) {
                var connection = connections.get();
                opened.add(connection);
                all.add(new PostgresSnapshot(schema, connection, shared));
            }
            return new Snapshot(List.copyOf(all), readers + " readers share one snapshot");
        } catch (RuntimeException e) {
            opened.forEach(PostgresSnapshot::close);
            throw e;
        }
    }

    private String export() {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT pg_catalog.pg_export_snapshot()")) {
            result.next();
            return result.getString(1);
        } catch (SQLException e) {
            throw PostgresFailure.of("sharing a snapshot", e);
        }
    }

    @Override
    public void handOver(TableDefinition table, @Nullable String condition, RowSink sink) {
        if (table.stored().isEmpty()) return;
        String columns =
                table.stored().stream().map(column -> name(column.name())).collect(Collectors.joining(","));
        String from = name(schema, table.name());
        // Of a table alone the server makes no query.
        String rows = condition == null
                ? from + " (" + columns + ")"
                : "(SELECT " + columns + " FROM ONLY " + from + " WHERE (" + condition + "))";
        try {
            var copy = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("COPY " + rows + " TO STDOUT (FORMAT binary)");
            int header = PostgresBinary.HEADER_LENGTH;
            for (byte[] line = copy.readFromCopy(); line != null; line = copy.readFromCopy()) {
                byte[] row = header == 0 ? line : Arrays.copyOfRange(line, header, line.length);
                header = 0; // it stands before the first row, in one message with it
                if (!PostgresBinary.ends(row)) hand(row, sink);
            }
        } catch (SQLException e) {
            throw PostgresFailure.of("reading table " + table.name(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void read(TableDefinition table, @Nullable String condition, @Nullable Cursor behind, RowSink sink) {
        var columns = table.stored();
        if (columns.isEmpty()) return;
        var conditions = new ArrayList<String>();
        if (condition != null) conditions.add("(" + condition + ")");
        if (behind != null) conditions.add(PostgresText.behind(behind));
        String order = Cursor.places(table) == null
                ? ""
                : table.key().stream().map(PostgresText::name).collect(Collectors.joining(",", " ORDER BY ", ""));
        String sql = "COPY (SELECT "
                + columns.stream().map(column -> name(column.name())).collect(Collectors.joining(","))
                + " FROM ONLY " + name(schema, table.name())
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions))
                + order + ") TO STDOUT";
        try {
            var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
            // The server sends each row as a message of its own.
            for (byte[] line = copy.readFromCopy(); line != null; line = copy.readFromCopy()) hand(line, sink);
        } catch (SQLException e) {
            throw PostgresFailure.of("reading table " + table.name(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<List<String>> rows(String sql) {
        try (var statement = connection.createStatement()) {
            return PostgresRows.read(statement, sql, row -> {
                var texts = new ArrayList<String>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    texts.add(Objects.requireNonNullElse(row.getString(i), ""));
                }
                return List.copyOf(texts);
            });
        } catch (SQLException e) {
            throw PostgresFailure.of("reading rows", e);
        }
    }

    private void hand(byte[] line, RowSink sink) throws IOException, SQLException {
        try {
            sink.line(line);
        } catch (Throwable e) {
            // To end a COPY in good order is to read it to its end, however long that is.
            connection.abort(Runnable::run);
            throw e;
        }
    }

    @Override
    public void close() {
        close(connection);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // It is gone already, and with it what was not committed.
        }
    }
}
