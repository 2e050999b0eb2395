package edu.wfu.wfumig.database.jdbc;

import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.SqlSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What sessions of all products have in common: statements over JDBC, each let through by the fence of the lock. */
public abstract class JdbcSession implements SqlSession {
    private final Connection connection;

    protected JdbcSession(Connection connection) {
        this.connection = connection;
    }

    /** Refuses when the lock of the database is lost. */
    protected abstract void admit(Connection writer) throws SQLException;

    /** The same at the end of a transaction. */
    protected void admitCommit(Connection writer) throws SQLException {
        admit(writer);
    }

    protected abstract Refusal failure(String doing, SQLException e);

    /** Says once and for all what the session is to be like. */
    protected final void begin(String doing, String... settings) {
        try (var statement = connection.createStatement()) {
            for (String setting : settings) statement.execute(setting);
        } catch (SQLException e) {
            close();
            throw failure(doing, e);
        }
    }

    @Override
    public final void run(String sql) {
        try (var statement = connection.createStatement()) {
            admit(connection);
            // The driver would take braces for words of its own, even where they stand in a text.
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        } catch (SQLException e) {
            throw failure("running this", e);
        }
    }

    @Override
    public final long change(String sql, String... values) {
        try (var statement = connection.prepareStatement(sql)) {
            admit(connection);
            for (int i = 0; i < values.length; i++) statement.setString(i + 1, values[i]);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw failure("changing rows", e);
        }
    }

    @Override
    public final List<List<String>> rows(String sql, String... values) {
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
            throw failure("reading rows", e);
        }
    }

    @Override
    public final void together(Runnable work) {
        try {
            connection.setAutoCommit(false);
            try {
                work.run();
                admitCommit(connection);
                connection.commit();
            } finally {
                if (!connection.isClosed()) {
                    connection.rollback();
                    connection.setAutoCommit(true);
                }
            }
        } catch (SQLException e) {
            throw failure("committing", e);
        }
    }

    @Override
    public final boolean alive() {
        try {
            return !connection.isClosed() && connection.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public final void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // What it had begun the server takes back.
        }
    }
}
