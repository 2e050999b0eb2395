package edu.wfu.wfumig.database.mysql;

import com.mysql.cj.jdbc.result.ResultSetInternalMethods;
import edu.wfu.wfumig.database.Cursor;
import edu.wfu.wfumig.database.Snapshot;
import edu.wfu.wfumig.database.SnapshotReader;
import edu.wfu.wfumig.database.TableDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One connection, one transaction, streamed results: the driver holds one row at a time. Several of them see the same moment:
 *
 * <ol>
 *   <li>A connection takes a read lock of the tables; for each it waits a second at most for those who write.
 *   <li>While nobody can write them, every reader begins a transaction with a consistent snapshot.
 *   <li>The lock is given back: where nobody wrote it has lasted milliseconds.
 * </ol>
 *
 * Where the account may not lock, or the lock is not to be had, there is one reader. Source: MySQL manual, "LOCK TABLES",
 * "START TRANSACTION".
 */
final class MysqlSnapshot implements SnapshotReader {
    private static final int LOCK_SECONDS = 1;

    private final Connection connection;

    private MysqlSnapshot(Connection connection) {
        this.connection = connection;
        try (var statement = connection.createStatement()) {
            statement.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            statement.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT");
        } catch (SQLException e) {
            throw MysqlFailure.of("opening a snapshot", e);
        }
    }

    /**
     * @param texts opens a connection for the lock
     * @param bytes opens one for a reader
     */
    static Snapshot of(
            String schema, List<String> tables, int readers, Supplier<Connection> texts, Supplier<Connection> bytes) {
        if (readers > 1 && !tables.isEmpty()) {
            var connections = new ArrayList<Connection>();
            try (var locker = texts.get();
                    var statement = locker.createStatement()) {
                for (int i = 0; i < readers; i++) connections.add(bytes.get());
                statement.execute("SET SESSION lock_wait_timeout = " + LOCK_SECONDS);
                statement.execute(tables.stream()
                        .map(table -> MysqlText.name(schema) + "." + MysqlText.name(table) + " READ")
                        .collect(Collectors.joining(", ", "LOCK TABLES ", "")));
                var all = connections.stream()
                        .<SnapshotReader>map(MysqlSnapshot::new)
                        .toList();
                statement.execute("UNLOCK TABLES");
                return new Snapshot(all, readers + " readers share one snapshot");
            } catch (RuntimeException e) {
                connections.forEach(MysqlSnapshot::close);
                throw e;
            } catch (SQLException e) {
                connections.forEach(MysqlSnapshot::close);
                return new Snapshot(
                        List.of(new MysqlSnapshot(bytes.get())),
                        "one reader: the tables could not be locked for a moment (" + e.getMessage() + ")");
            }
        }
        return new Snapshot(List.of(new MysqlSnapshot(bytes.get())), "one reader");
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // Nothing was begun on it.
        }
    }

    @Override
    public void read(TableDefinition table, @Nullable String condition, @Nullable Cursor behind, RowSink sink) {
        var columns = table.stored();
        if (columns.isEmpty()) return;
        String order = table.key().stream().map(MysqlText::name).collect(Collectors.joining(","));
        String sql = "SELECT " + columns.stream().map(MysqlValue::select).collect(Collectors.joining(",")) + " FROM "
                + MysqlText.name(table.name())
                + " WHERE (" + (condition == null ? "1" : condition) + ")"
                + (behind == null ? "" : " AND (" + behind.behind(MysqlText::name) + ")")
                + (order.isEmpty() ? "" : " ORDER BY " + order);
        try (var statement = connection.createStatement()) {
            statement.setFetchSize(Integer.MIN_VALUE);
            try (var result = statement.executeQuery(MysqlText.inBytes(sql))) {
                // The driver's own rows: its result set takes a lock for every value.
                var rows = ((ResultSetInternalMethods) result).getRows();
                for (var row = rows.next(); row != null; row = rows.next()) {
                    byte[][] values = new byte[columns.size()][];
                    for (int i = 0; i < values.length; i++) values[i] = row.getBytes(i);
                    hand(values, sink);
                }
            }
        } catch (SQLException e) {
            throw MysqlFailure.of("reading table " + table.name(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<List<String>> rows(String sql) {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(MysqlText.inBytes(sql))) {
            var rows = new ArrayList<List<String>>();
            while (result.next()) {
                var texts = new ArrayList<String>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    byte[] value = result.getBytes(i);
                    texts.add(value == null ? "" : new String(value, StandardCharsets.UTF_8));
                }
                rows.add(List.copyOf(texts));
            }
            return rows;
        } catch (SQLException e) {
            throw MysqlFailure.of("reading rows", e);
        }
    }

    private void hand(byte[][] values, RowSink sink) throws IOException, SQLException {
        try {
            sink.row(values);
        } catch (Throwable e) {
            // To close a streamed result is to read it to its end, however long that is.
            connection.abort(Runnable::run);
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw MysqlFailure.of("closing a snapshot", e);
        }
    }
}
