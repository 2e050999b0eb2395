package edu.wfu.wfumig.database.mysql;

import static edu.wfu.wfumig.database.mysql.MysqlText.name;

import edu.wfu.wfumig.Quantity;
import edu.wfu.wfumig.RowDigest;
import edu.wfu.wfumig.database.Cursor;
import edu.wfu.wfumig.database.Proof;
import edu.wfu.wfumig.inventory.Column;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /**
     * Not by a join: that looks up each key where its row is, and reads a whole table of posts. A server that makes a set of
     * the keys reads them from the smallest index.
     */
    @Override
    public long orphans(String child, String column, String parent, String key) {
        return ask(
                "SELECT COUNT(*) FROM " + name(child) + " WHERE " + name(column) + " <> 0 AND " + name(column)
                        + " NOT IN (SELECT " + name(key) + " FROM " + name(parent) + " WHERE " + name(key)
                        + " IS NOT NULL)",
                row -> row.getLong(1));
    }

    @Override
    public List<String> brokenKeys(Collection<String> tables) {
        var wanted = Set.copyOf(tables);
        var broken = new ArrayList<String>();
        for (var key : foreignKeys()) {
            if (!wanted.contains(key.table())) continue;
            long rows = ask("SELECT COUNT(*) FROM " + key.unmatched(), row -> row.getLong(1));
            if (rows > 0) {
                broken.add(key.name() + " of " + key.table() + ": " + Quantity.of(rows, "row") + " point at no row of "
                        + key.parent());
            }
        }
        return broken;
    }

    /**
     * A foreign key of this schema.
     *
     * @param pairs columns, each with the one that it refers to
     */
    private record Key(String name, String table, String parentSchema, String parent, Map<String, String> pairs) {
        /** What stands behind FROM for its rows that refer to none; where a column is NULL, a row refers to nothing. */
        String unmatched() {
            var equal = new ArrayList<String>();
            var given = new ArrayList<String>();
            pairs.forEach((column, other) -> {
                equal.add("p." + name(other) + " = c." + name(column));
                given.add("c." + name(column) + " IS NOT NULL");
            });
            String missing = "p." + name(pairs.values().iterator().next()) + " IS NULL";
            return name(table) + " c LEFT JOIN " + name(parentSchema) + "." + name(parent) + " p ON "
                    + String.join(" AND ", equal) + " WHERE " + missing + " AND " + String.join(" AND ", given);
        }

        private static String name(String name) {
            return MysqlText.name(name);
        }
    }

    private List<Key> foreignKeys() {
        String sql = "SELECT constraint_name, table_name, referenced_table_schema, referenced_table_name, column_name,"
                + " referenced_column_name FROM information_schema.key_column_usage WHERE constraint_schema = DATABASE()"
                + " AND referenced_table_name IS NOT NULL ORDER BY table_name, constraint_name, ordinal_position";
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            var keys = new ArrayList<Key>();
            while (row.next()) {
                var words = new ArrayList<String>();
                for (int i = 1; i <= 6; i++) words.add(new String(row.getBytes(i), StandardCharsets.UTF_8));
                var last = keys.isEmpty() ? null : keys.get(keys.size() - 1);
                if (last == null
                        || !last.name().equals(words.get(0))
                        || !last.table().equals(words.get(1))) {
                    last = new Key(words.get(0), words.get(1), words.get(2), words.get(3), new LinkedHashMap<>());
                    keys.add(last);
                }
                last.pairs().put(words.get(4), words.get(5));
            }
            return keys;
        } catch (SQLException e) {
            throw MysqlFailure.of("reading foreign keys", e);
        }
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
