package edu.wfu.wfumig.database.postgres;

import edu.wfu.wfumig.Refusal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the catalogue, with statements that are kept as files. */
record PostgresQuery(Connection connection, String place) {
    /** Reads one row of an answer. */
    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    /** Something that is asked in more than one statement. */
    interface Questions {
        void ask() throws SQLException;
    }

    /**
     * @param parameters texts, and collections of texts or of numbers for arrays; an array may be null
     */
    void each(String file, RowReader reader, @Nullable Object... parameters) {
        try (var statement = connection.prepareStatement(PostgresSql.of(file))) {
            for (int i = 0; i < parameters.length; i++) {
                Object value = parameters[i];
                if (value == null) {
                    statement.setNull(i + 1, Types.ARRAY);
                } else if (value instanceof Collection<?> values) {
                    boolean numbers = values.stream().anyMatch(Long.class::isInstance);
                    statement.setArray(i + 1, connection.createArrayOf(numbers ? "int8" : "text", values.toArray()));
                } else {
                    statement.setString(i + 1, value.toString());
                }
            }
            try (var row = statement.executeQuery()) {
                while (row.next()) reader.read(row);
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    void eachOf(String sql, RowReader reader) {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            while (row.next()) reader.read(row);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /**
     * Asks as of one moment, where bare names mean what stands in {@code schema}: answers name that without its schema. In a
     * transaction that is open already, it is asked there, and sees what that has done.
     */
    void within(String schema, Questions questions) {
        try {
            if (!connection.getAutoCommit()) {
                try (var statement = connection.createStatement()) {
                    statement.execute(PostgresText.path(schema));
                }
                questions.ask();
                return;
            }
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
                statement.execute(PostgresText.path(schema));
                questions.ask();
            } finally {
                if (!connection.isClosed()) {
                    connection.rollback();
                    connection.setAutoCommit(true);
                }
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    static List<String> texts(ResultSet row, int column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    private Refusal failed(SQLException e) {
        return PostgresFailure.of("reading the catalogue at " + place, e);
    }
}
