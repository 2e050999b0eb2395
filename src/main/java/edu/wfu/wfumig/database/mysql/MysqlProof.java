package edu.wfu.wfumig.database.mysql;

import static edu.wfu.wfumig.database.mysql.MysqlText.name;

import edu.wfu.wfumig.RowDigest;
import edu.wfu.wfumig.database.Cursor;
import edu.wfu.wfumig.database.Proof;
import edu.wfu.wfumig.inventory.Column;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts and digests by the server itself, in one scan of a table. See {@link RowDigest} for what is computed. */
final class MysqlProof implements Proof {
    private final Connection connection;

    MysqlProof(Connection connection) {
        this.connection = connection;
    }

    @Override
    public long count(String table) {
        return ask("SELECT COUNT(*) FROM " + name(table), row -> row.getLong(1));
    }

    @Override
    public RowDigest digest(String table, List<Column> columns, @Nullable Cursor behind, @Nullable Cursor upTo) {
        String row = columns.stream()
                .map(column -> "IFNULL(CRC32(" + MysqlValue.select(column) + "),'N')")
                .collect(Collectors.joining(",", "CRC32(CONCAT_WS(',',", "))"));
        String sql = columns.isEmpty()
                ? "SELECT COUNT(*), 0 FROM " + name(table)
                : "SELECT COUNT(*), IFNULL(SUM(" + row + "),0) FROM " + name(table)
                        + " WHERE " + (behind == null ? "1" : "(" + behind.behind(MysqlText::name) + ")")
                        + (upTo == null ? "" : " AND NOT (" + upTo.behind(MysqlText::name) + ")");
        return ask(sql, result -> new RowDigest(result.getLong(1), result.getLong(2)));
    }

    @Override
    public long orphans(String child, String column, String parent, String key) {
        return ask(
                "SELECT COUNT(*) FROM " + name(child) + " c LEFT JOIN " + name(parent) + " p ON p." + name(key)
                        + " = c." + name(column) + " WHERE p." + name(key) + " IS NULL AND c." + name(column) + " <> 0",
                row -> row.getLong(1));
    }

    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> T ask(String sql, Reader<T> reader) {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(MysqlText.inBytes(sql))) {
            result.next();
            return reader.read(result);
        } catch (SQLException e) {
            throw MysqlFailure.of("proving what staging holds", e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw MysqlFailure.of("closing a connection", e);
        }
    }
}
