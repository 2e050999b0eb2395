package edu.wfu.wfumig.database.postgres;

import static edu.wfu.wfumig.database.postgres.PostgresText.literal;
import static edu.wfu.wfumig.database.postgres.PostgresText.name;

import edu.wfu.wfumig.database.Intake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Statements of {@code pg_dump} on a PostgreSQL server. They name the schema {@code public}; so the intake is a database, and its
 * comment says for which run it is complete.
 */
final class PostgresIntake implements Intake {
    private static final String COMPLETE = "wfumig intake of ";

    private final Supplier<Connection> server;
    private final Function<String, Connection> inside;
    private final String database;
    private final PostgresFence fence;
    private @Nullable Connection connection;

    /**
     * @param server opens a connection to the target's database
     * @param inside opens one to another database
     */
    PostgresIntake(
            Supplier<Connection> server, Function<String, Connection> inside, String database, PostgresFence fence) {
        this.server = server;
        this.inside = inside;
        this.database = database;
        this.fence = fence;
    }

    @Override
    public List<String> missingGrants() {
        var may = texts(
                "asking what the account may do",
                "SELECT current_user FROM pg_roles WHERE rolname = current_user AND NOT (rolcreatedb OR rolsuper)");
        return may.stream()
                .map(user -> "ALTER ROLE " + name(user) + " CREATEDB")
                .toList();
    }

    /** Functions and expressions of the file run with the account's rights, and with those of roles that it can become. */
    @Override
    public List<String> excessRights() {
        return texts(
                "asking what the account may do",
                "SELECT CASE WHEN rolsuper THEN 'SUPERUSER' WHEN rolcreaterole THEN 'CREATEROLE' ELSE 'the rights of ' || rolname END"
                        + " FROM pg_roles WHERE pg_has_role(current_user, oid, 'MEMBER') AND (rolsuper OR rolcreaterole OR rolname IN"
                        + " ('pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files'))"
                        + " ORDER BY rolsuper DESC, rolcreaterole DESC, rolname LIMIT 1");
    }

    @Override
    public void open() {
        drop();
        change("making " + database, "CREATE DATABASE " + name(database) + " TEMPLATE template0 ENCODING 'UTF8'");
        connection = inside.apply(database);
    }

    private Connection opened() {
        if (connection == null) throw new IllegalStateException("an intake is opened before it is used");
        return connection;
    }

    @Override
    public void run(byte[] sql) {
        try (var statement = opened().createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(new String(sql, StandardCharsets.UTF_8));
        } catch (SQLException e) {
            throw PostgresFailure.of("running it", e);
        }
    }

    @Override
    public void rows(byte[] sql, Blocks blocks) throws IOException {
        try {
            CopyIn copy =
                    opened().unwrap(PGConnection.class).getCopyAPI().copyIn(new String(sql, StandardCharsets.UTF_8));
            try {
                for (byte[] block = blocks.next(); block != null; block = blocks.next()) {
                    copy.writeToCopy(block, 0, block.length);
                }
                copy.endCopy();
            } finally {
                if (copy.isActive()) copy.cancelCopy();
            }
        } catch (SQLException e) {
            throw PostgresFailure.of("taking its rows", e);
        }
    }

    @Override
    public void complete(String run) {
        change(
                "noting that " + database + " is complete",
                "COMMENT ON DATABASE " + name(database) + " IS " + literal(COMPLETE + run));
    }

    @Override
    public @Nullable String run() {
        var comments = texts(
                "looking at " + database,
                "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = " + literal(database)
                        + " AND shobj_description(oid, 'pg_database') LIKE " + literal(COMPLETE + "%"));
        return comments.isEmpty() ? null : comments.get(0).substring(COMPLETE.length());
    }

    @Override
    public void drop() {
        close();
        change("dropping " + database, "DROP DATABASE IF EXISTS " + name(database) + " WITH (FORCE)");
    }

    @Override
    public List<String> places() {
        return texts("listing databases", "SELECT datname FROM pg_database ORDER BY datname");
    }

    private List<String> texts(String doing, String sql) {
        try (var asked = server.get();
                var statement = asked.createStatement()) {
            return PostgresRows.texts(statement, sql);
        } catch (SQLException e) {
            throw PostgresFailure.of(doing, e);
        }
    }

    private void change(String doing, String sql) {
        try (var changed = server.get();
                var statement = changed.createStatement()) {
            fence.admit(changed);
            fence.require(changed);
            statement.execute(sql);
        } catch (SQLException e) {
            throw PostgresFailure.of(doing, e);
        }
    }

    @Override
    public void close() {
        if (connection == null) return;
        try {
            connection.close();
        } catch (SQLException e) {
            // It is gone already.
        }
        connection = null;
    }
}
