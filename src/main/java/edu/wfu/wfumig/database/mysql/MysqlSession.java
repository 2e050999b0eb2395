package edu.wfu.wfumig.database.mysql;

import static edu.wfu.wfumig.database.mysql.MysqlText.name;

import edu.wfu.wfumig.database.SqlSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Statements of people on a MySQL or MariaDB server. */
final class MysqlSession implements SqlSession {
    /**
     * What does not fit is an error, keys are checked. Zero dates are taken, and a table may be empty of what it groups by, as
     * WordPress sets it for its plugins. Source: wpdb::set_sql_mode and wpdb::$incompatible_modes of WordPress.
     */
    private static final String SETTINGS = "SET SESSION sql_mode = 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION',"
            + " foreign_key_checks = 1, unique_checks = 1";

    private final Connection connection;
    private final MysqlFence fence;

    MysqlSession(Connection connection, MysqlFence fence, String schema) {
        this.connection = connection;
        this.fence = fence;
        try (var statement = connection.createStatement()) {
            statement.execute(SETTINGS);
            statement.execute("USE " + name(schema));
        } catch (SQLException e) {
            close();
            throw MysqlFailure.of("opening " + schema, e);
        }
    }

    @Override
    public void run(String sql) {
        try (var statement = connection.createStatement()) {
            fence.require(statement);
            // The driver would take braces for words of its own, even where they stand in a text.
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        } catch (SQLException e) {
            throw MysqlFailure.of("running this", e);
        }
    }

    @Override
    public long change(String sql, String... values) {
        try (var question = connection.createStatement();
                var statement = connection.prepareStatement(sql)) {
            fence.require(question);
            for (int i = 0; i < values.length; i++) statement.setString(i + 1, values[i]);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw MysqlFailure.of("changing rows", e);
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
            throw MysqlFailure.of("reading rows", e);
        }
    }

    @Override
    public boolean has(String table) {
        return !rows(
                        "SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ?",
                        table)
                .isEmpty();
    }

    @Override
    public void together(Runnable work) {
        try (var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try {
                work.run();
                fence.require(statement);
                connection.commit();
            } finally {
                if (!connection.isClosed()) {
                    connection.rollback();
                    connection.setAutoCommit(true);
                }
            }
        } catch (SQLException e) {
            throw MysqlFailure.of("committing", e);
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
