package edu.wfu.wfumig.database.mysql;

import static edu.wfu.wfumig.database.mysql.MysqlText.inBytes;
import static edu.wfu.wfumig.database.mysql.MysqlText.literal;
import static edu.wfu.wfumig.database.mysql.MysqlText.name;

import edu.wfu.wfumig.database.Catalogue;
import edu.wfu.wfumig.database.Catalogue.Part;
import edu.wfu.wfumig.database.Intake;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Statements of a foreign file on a MySQL or MariaDB server. They set the charset and the modes themselves, as their author's client
 * would have them; so they have a connection that nothing else uses.
 */
final class MysqlIntake implements Intake {
    /** So many bytes are committed together. */
    private static final long COMMIT_BYTES = 16L << 20;

    /** The table that says that it is complete, and for which run. */
    private static final String TABLE = "wfumig_intake";

    private final Supplier<Connection> text;
    private final Supplier<Connection> bytes;
    private final Supplier<Catalogue> catalogue;
    private final String user;
    private final String schema;
    private final MysqlFence fence;
    private @Nullable Connection connection;
    private long uncommitted;

    /**
     * @param text opens a connection for names
     * @param bytes opens one on which each char of a statement is a byte
     */
    MysqlIntake(
            Supplier<Connection> text,
            Supplier<Connection> bytes,
            Supplier<Catalogue> catalogue,
            String user,
            String schema,
            MysqlFence fence) {
        this.catalogue = catalogue;
        this.user = user;
        this.text = text;
        this.bytes = bytes;
        this.schema = schema;
        this.fence = fence;
    }

    @Override
    public List<String> missingGrants() {
        try (var catalogue = this.catalogue.get()) {
            var missing = new ArrayList<String>();
            if (!catalogue.facts().createsSchemas()) missing.add("GRANT CREATE ON *.* TO " + literal(user));
            // The next file gets a schema of another name.
            String any = schema.replaceFirst("[0-9a-f]{8}$", "%").replace("_", "\\_");
            for (String grant : catalogue.missingGrants(schema, Part.REPLACE)) missing.add(grant.replace(schema, any));
            return missing;
        }
    }

    /** Code of the file is judged word by word, whatever the account may do. */
    @Override
    public List<String> excessRights() {
        return List.of();
    }

    @Override
    public void rows(byte[] statement, Blocks blocks) {
        throw new IllegalStateException("no statement of MySQL has rows behind it");
    }

    @Override
    public void open() {
        drop();
        ask("making " + schema, "CREATE DATABASE " + name(schema));
        try {
            connection = bytes.get();
            fence.admit(connection);
            try (var statement = connection.createStatement()) {
                statement.execute("USE " + inBytes(name(schema)));
            }
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw MysqlFailure.of("opening " + schema, e);
        }
    }

    @Override
    public void run(byte[] sql) {
        try (var statement = opened().createStatement()) {
            statement.setEscapeProcessing(false);
            fence.requireInBytes(statement, false);
            statement.execute(new String(sql, StandardCharsets.ISO_8859_1));
            uncommitted += sql.length;
            if (uncommitted < COMMIT_BYTES) return;
            opened().commit();
            uncommitted = 0;
        } catch (SQLException e) {
            throw MysqlFailure.of("running it", e);
        }
    }

    private Connection opened() {
        if (connection == null) throw new IllegalStateException("an intake is opened before it is used");
        return connection;
    }

    @Override
    public void complete(String run) {
        try {
            opened().commit();
        } catch (SQLException e) {
            throw MysqlFailure.of("keeping what was imported", e);
        }
        ask(
                "noting that " + schema + " is complete",
                "CREATE TABLE " + name(schema, TABLE) + " (run VARCHAR(190)) DEFAULT CHARSET=utf8mb4",
                "INSERT INTO " + name(schema, TABLE) + " VALUES (" + literal(run) + ")");
    }

    @Override
    public @Nullable String run() {
        try (var connection = text.get();
                var statement = connection.createStatement()) {
            try (var found = statement.executeQuery("SELECT 1 FROM information_schema.tables WHERE table_schema = "
                    + literal(schema) + " AND table_name = " + literal(TABLE))) {
                if (!found.next()) return null;
            }
            try (var rows = statement.executeQuery("SELECT run FROM " + name(schema, TABLE))) {
                return rows.next() ? rows.getString(1) : null;
            }
        } catch (SQLException e) {
            throw MysqlFailure.of("looking into " + schema, e);
        }
    }

    @Override
    public void drop() {
        ask("dropping " + schema, "DROP DATABASE IF EXISTS " + name(schema));
    }

    @Override
    public List<String> places() {
        try (var connection = text.get();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SHOW DATABASES")) {
            var schemas = new ArrayList<String>();
            while (rows.next()) schemas.add(rows.getString(1));
            return schemas;
        } catch (SQLException e) {
            throw MysqlFailure.of("listing schemas", e);
        }
    }

    private void ask(String doing, String... statements) {
        try (var connection = text.get();
                var statement = connection.createStatement()) {
            fence.admit(connection);
            fence.require(statement);
            for (String sql : statements) statement.execute(sql);
        } catch (SQLException e) {
            throw MysqlFailure.of(doing, e);
        }
    }

    @Override
    public void close() {
        if (connection == null) return;
        try {
            connection.rollback();
            connection.close();
        } catch (SQLException e) {
            // It is dropped by whoever opened it, or completed already.
        }
    }
}
