package edu.wfu.wfumig.database.mysql;

import edu.wfu.wfumig.database.Cursor;
import edu.wfu.wfumig.database.SnapshotReader;
import edu.wfu.wfumig.database.TableDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One connection, one transaction, streamed results: the driver holds one row at a time. */
final class MysqlSnapshot implements SnapshotReader {
    private final Connection connection;

    MysqlSnapshot(Connection connection) {
        this.connection = connection;
        try (var statement = connection.createStatement()) {
            statement.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            statement.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT");
        } catch (SQLException e) {
            throw MysqlFailure.of("opening a snapshot", e);
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
                while (result.next()) {
                    byte[][] values = new byte[columns.size()][];
                    for (int i = 0; i < values.length; i++) values[i] = result.getBytes(i + 1);
                    sink.row(values);
                }
            }
        } catch (SQLException e) {
            throw MysqlFailure.of("reading table " + table.name(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
