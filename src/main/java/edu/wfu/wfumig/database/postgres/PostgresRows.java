package edu.wfu.wfumig.database.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Small answers of the catalogue. */
final class PostgresRows {
    private PostgresRows() {}

    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    static <T> List<T> read(Statement statement, String sql, Reader<T> reader) throws SQLException {
        var rows = new ArrayList<T>();
        try (var result = statement.executeQuery(sql)) {
            while (result.next()) rows.add(reader.read(result));
        }
        return rows;
    }

    static List<String> texts(Statement statement, String sql) throws SQLException {
        return read(statement, sql, row -> row.getString(1));
    }

    /** Oids as an array in SQL. */
    static String oids(Collection<Long> oids) {
        return oids.stream().map(String::valueOf).collect(Collectors.joining(",", "'{", "}'::oid[]"));
    }

    /** Oids of relations, as they are or not at all. */
    static long oid(Statement statement, String schema, String relation) throws SQLException {
        return read(
                        statement,
                        "SELECT COALESCE(to_regclass(" + PostgresText.literal(PostgresText.name(schema, relation))
                                + ")::oid::bigint, 0)",
                        row -> row.getLong(1))
                .get(0);
    }
}
