package edu.wfu.wfumig.database.postgres;

import static edu.wfu.wfumig.database.postgres.PostgresText.literal;
import static edu.wfu.wfumig.database.postgres.PostgresText.name;

import edu.wfu.wfumig.database.SqlSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Statements of people on a PostgreSQL server. Names without a schema mean this one alone, never {@code public} behind it. */
final class PostgresSession implements SqlSession {
    private final Connection connection;
    private final PostgresFence fence;
    private final String schema;

    PostgresSession(Connection connection, PostgresFence fence, String schema) {
        this.connection = connection;
        this.fence = fence;
        this.schema = schema;
        try (var statement = connection.createStatement()) {
            statement.execute("SET search_path = " + name(schema));
            statement.execute("SET check_function_bodies = on");
        } catch (SQLException e) {
            close();
            throw PostgresFailure.of("opening " + schema, e);
        }
    }

    @Override
    public void run(String sql) {
        try (var statement = connection.createStatement()) {
            fence.require(connection);
            // The driver would take braces for words of its own, even where they stand in a text.
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        } catch (SQLException e) {
            throw PostgresFailure.of("running this", e);
        }
    }

    @Override
    public long change(String sql, String... values) {
        try (var statement = connection.prepareStatement(sql)) {
            fence.require(connection);
            for (int i = 0; i < values.length; i++) statement.setString(i + 1, values[i]);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw PostgresFailure.of("changing rows", e);
        }
    }

    @Override
    public List<List<String>> rows(String sql, String... values) {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) statement.setString(i + 1, values[i]);
            var rows = new ArrayList<List<String>>();
            try (var row = statement.executeQuery()) {
                int columns = row.getMetaData().getColumnCount();
                while (row.next()) {
                    var texts = new ArrayList<String>();
                    for (int i = 1; i <= columns; i++) {
                        String text = row.getString(i);
                        texts.add(text == null ? "" : text);
                    }
                    rows.add(texts);
                }
            }
            return rows;
        } catch (SQLException e) {
            throw PostgresFailure.of("reading rows", e);
        }
    }

    @Override
    public boolean has(String table) {
        return !rows("SELECT 1 WHERE to_regclass(" + literal(name(schema, table)) + ") IS NOT NULL")
                .isEmpty();
    }

    @Override
    public void together(Runnable work) {
        try {
            connection.setAutoCommit(false);
            try {
                work.run();
                fence.requireCommitting(connection);
                connection.commit();
            } finally {
                if (!connection.isClosed()) {
                    connection.rollback();
                    connection.setAutoCommit(true);
                }
            }
        } catch (SQLException e) {
            throw PostgresFailure.of("committing", e);
        }
    }

    @Override
    public boolean alive() {
        try {
            return !connection.isClosed() && connection.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // What it had begun the server takes back.
        }
    }
}
