package edu.wfu.wfumig.database.postgres;

import static edu.wfu.wfumig.database.postgres.PostgresText.name;
import static edu.wfu.wfumig.database.postgres.PostgresText.path;

import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.Cursor;
import edu.wfu.wfumig.database.Definition;
import edu.wfu.wfumig.database.Mark;
import edu.wfu.wfumig.database.Register;
import edu.wfu.wfumig.database.SchemaEditor;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Definitions on a PostgreSQL server. Every method is one transaction: all of it or nothing. A definition names what stands in
 * its own schema without that schema, and is run where such names mean the schema that is given.
 */
final class PostgresEditor implements SchemaEditor {
    /** A table or index, a constraint or trigger, a second primary key. */
    private static final Set<String> THERE = Set.of("42P07", "42710", "42P16");

    private final Connection connection;
    private final PostgresFence fence;

    PostgresEditor(Connection connection, PostgresFence fence) {
        this.connection = connection;
        this.fence = fence;
    }

    @Override
    public void createSchema(String schema) {
        if (!has(schema)) execute("CREATE SCHEMA IF NOT EXISTS " + name(schema));
    }

    @Override
    public void dropEmptySchema(String schema) {
        if (!has(schema) || ask("schema-holds-something", schema)) return;
        execute("DROP SCHEMA IF EXISTS " + name(schema));
    }

    /** CREATE SCHEMA asks for a right even when the schema is there. */
    private boolean has(String schema) {
        return ask("schema", schema);
    }

    private boolean ask(String question, String schema, String... further) {
        try (var statement = connection.prepareStatement(PostgresSql.of(question))) {
            statement.setString(1, schema);
            for (int i = 0; i < further.length; i++) statement.setString(i + 2, further[i]);
            try (var row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        } catch (SQLException e) {
            throw PostgresFailure.of("looking into schema " + schema, e);
        }
    }

    @Override
    public void createTable(String schema, String create) {
        execute(path(schema), create);
    }

    /** Foreign keys of other tables beside them are in the way, and are wfumig's as the tables are. */
    @Override
    public void dropTables(String schema, Collection<String> tables) {
        if (tables.isEmpty()) return;
        var statements = new ArrayList<>(references(schema, tables));
        statements.add("DROP TABLE IF EXISTS "
                + tables.stream().map(table -> name(schema, table)).collect(Collectors.joining(", ")));
        execute(statements.toArray(String[]::new));
    }

    private List<String> references(String schema, Collection<String> tables) {
        var statements = new ArrayList<String>();
        new PostgresQuery(connection, schema)
                .each("references", row -> statements.add(row.getString(1)), schema, tables, tables);
        return statements;
    }

    /** What is there already was made by an attempt that was cut short behind it. */
    @Override
    public void complete(String statement) {
        try {
            execute(statement);
        } catch (Refusal refused) {
            boolean there = refused.getCause() instanceof SQLException e && THERE.contains(PostgresFailure.state(e));
            if (!there) throw refused;
        }
    }

    @Override
    public void deleteBehind(String schema, String table, Cursor cursor) {
        execute("DELETE FROM " + name(schema, table) + " WHERE " + PostgresText.behind(cursor));
    }

    @Override
    public Register register(String schema) {
        return new PostgresRegister(this, connection, schema);
    }

    @Override
    public void rename(List<Move> moves) {
        var statements = new ArrayList<String>();
        for (Move move : moves) {
            String old = move.from().table();
            String now = move.to().table();
            String schema = move.from().schema();
            if (!old.equals(now)) statements.add("ALTER TABLE " + name(schema, old) + " RENAME TO " + name(now));
            if (!schema.equals(move.to().schema())) {
                statements.add("ALTER TABLE " + name(schema, now) + " SET SCHEMA "
                        + name(move.to().schema()));
            }
        }
        if (!statements.isEmpty()) execute(statements.toArray(String[]::new));
    }

    @Override
    public void create(String schema, Kind kind, Definition definition) {
        execute(drop(schema, kind, definition), path(schema), definition.create());
    }

    private String drop(String schema, Kind kind, Definition definition) {
        if (kind == Kind.VIEW) return dropView(schema, definition.name());
        return "DROP TRIGGER IF EXISTS " + name(definition.name()) + " ON " + name(schema, definition.table());
    }

    private String dropView(String schema, String view) {
        String kind = ask("materialized", schema, view) ? "MATERIALIZED VIEW" : "VIEW";
        return "DROP " + kind + " IF EXISTS " + name(schema, view);
    }

    /** A trigger goes with its table here and needs no dropping by itself. */
    @Override
    public void drop(String schema, Kind kind, String name) {
        if (kind == Kind.VIEW) execute(dropView(schema, name));
    }

    @Override
    public void mark(Mark mark) {
        createTable(
                mark.schema(),
                "CREATE TABLE IF NOT EXISTS " + name(Mark.TABLE)
                        + " (id int PRIMARY KEY, environment text, server text,"
                        + " place text, marked timestamptz, marked_by text)");
        update(
                "INSERT INTO " + name(mark.schema(), Mark.TABLE)
                        + " VALUES (1, ?, ?, ?, now(), ?) ON CONFLICT (id) DO UPDATE"
                        + " SET environment = excluded.environment, server = excluded.server, place = excluded.place,"
                        + " marked = excluded.marked, marked_by = excluded.marked_by",
                List.of(mark.environment(), mark.server(), mark.schema(), mark.by()));
    }

    @Override
    public long update(String sql, List<String> values) {
        try (var statement = connection.prepareStatement(sql)) {
            fence.require(connection);
            for (int i = 0; i < values.size(); i++) statement.setString(i + 1, values.get(i));
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw PostgresFailure.of("changing rows", e);
        }
    }

    /** Runs statements in one transaction, if this run is still the one that may. */
    private void execute(String... statements) {
        String current = "";
        try (var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try {
                fence.require(connection);
                for (String sql : statements) {
                    current = sql;
                    statement.execute(sql);
                }
                fence.requireCommitting(connection);
                connection.commit();
            } finally {
                if (!connection.isClosed()) {
                    connection.rollback();
                    connection.setAutoCommit(true);
                }
            }
        } catch (SQLException e) {
            throw PostgresFailure.of(
                    "running " + (current.length() > 120 ? current.substring(0, 120) + "…" : current), e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw PostgresFailure.of("closing a connection", e);
        }
    }
}
