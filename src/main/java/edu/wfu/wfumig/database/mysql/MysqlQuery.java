package edu.wfu.wfumig.database.mysql;

import static edu.wfu.wfumig.database.mysql.MysqlText.list;
import static edu.wfu.wfumig.database.mysql.MysqlText.literal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks the catalogue. Source: MariaDB's code, {@code sql_show.cc}: it looks a table up that is named by {@code =}, and goes through
 * all of the schema's for {@code IN}.
 */
record MysqlQuery(Connection connection, String place) {
    /** Above it a statement with a part for each table would be too long. */
    private static final int NAMED_ONE_BY_ONE = 200;

    /** Reads one row of an answer. */
    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    List<List<String>> rows(String sql) {
        var rows = new ArrayList<List<String>>();
        each(sql, result -> {
            int width = result.getMetaData().getColumnCount();
            var row = new ArrayList<String>(width);
            for (int i = 1; i <= width; i++) row.add(text(result, i));
            rows.add(row);
        });
        return rows;
    }

    void each(String sql, RowReader reader) {
        try (var statement = connection.createStatement()) {
            statement.setFetchSize(Integer.MIN_VALUE);
            try (var result = statement.executeQuery(sql)) {
                while (result.next()) reader.read(result);
            }
        } catch (SQLException e) {
            throw MysqlFailure.of("reading the catalogue at " + place, e);
        }
    }

    static String text(ResultSet row, int column) throws SQLException {
        String value = row.getString(column);
        return value == null ? "" : value;
    }

    /** The part of an answer that is about the named tables; all of it for null. Whatever orders it must be selected. */
    static String among(@Nullable Collection<String> tables, String select, String name) {
        if (tables == null) return select;
        if (tables.isEmpty()) return "SELECT * FROM (" + select + " AND 1 = 0) AS found";
        if (tables.size() > NAMED_ONE_BY_ONE) return select + " AND " + name + " IN " + list(tables);
        return tables.stream()
                .distinct()
                .map(table -> select + " AND " + name + " = " + literal(table))
                .collect(Collectors.joining(" UNION ALL ", "SELECT * FROM (", ") AS found"));
    }

    static boolean mariadb(String version, String comment) {
        return version.contains("MariaDB") || comment.toLowerCase(Locale.ROOT).contains("mariadb");
    }

    boolean mariadb() {
        var row = rows("SELECT VERSION(), @@version_comment").get(0);
        return mariadb(row.get(0), row.get(1));
    }
}
