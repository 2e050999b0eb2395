package edu.wfu.wfumig.database.mysql;

import static edu.wfu.wfumig.database.mysql.MysqlText.literal;
import static edu.wfu.wfumig.database.mysql.MysqlText.name;

import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.Cursor;
import edu.wfu.wfumig.database.Definition;
import edu.wfu.wfumig.database.Mark;
import edu.wfu.wfumig.database.Register;
import edu.wfu.wfumig.database.SchemaEditor;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

/** Definitions on a MySQL or MariaDB server. */
final class MysqlEditor implements SchemaEditor {
    /** ER_SPECIFIC_ACCESS_DENIED_ERROR: SUPER, SET USER or SET_ANY_DEFINER is missing. */
    private static final int MAY_NOT_DEFINE = 1227;

    /** ER_DUP_KEYNAME. */
    private static final int KEY_IS_THERE = 1061;

    private final Connection connection;
    private final MysqlFence fence;

    MysqlEditor(Connection connection, MysqlFence fence) {
        this.connection = connection;
        this.fence = fence;
    }

    @Override
    public void createSchema(String schema) {
        execute("CREATE DATABASE IF NOT EXISTS " + name(schema));
    }

    @Override
    public void dropEmptySchema(String schema) {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(
                        "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = " + literal(schema))) {
            result.next();
            if (result.getLong(1) > 0) return;
        } catch (SQLException e) {
            throw MysqlFailure.of("looking into schema " + schema, e);
        }
        execute("DROP DATABASE IF EXISTS " + name(schema));
    }

    @Override
    public void createTable(String schema, String create) {
        use(schema);
        execute(create);
    }

    @Override
    public void dropTables(String schema, Collection<String> tables) {
        if (tables.isEmpty()) return;
        execute("DROP TABLE IF EXISTS "
                + tables.stream().map(table -> name(schema, table)).collect(Collectors.joining(",")));
    }

    /** What is there already was made by an attempt that was cut short behind it: keys of one statement come together. */
    @Override
    public void complete(String statement) {
        try {
            execute(statement);
        } catch (Refusal refused) {
            boolean there = refused.getCause() instanceof SQLException e && e.getErrorCode() == KEY_IS_THERE;
            if (!there) throw refused;
        }
    }

    @Override
    public void deleteBehind(String schema, String table, Cursor cursor) {
        execute("DELETE FROM " + name(schema, table) + " WHERE " + cursor.behind(MysqlText::name));
    }

    @Override
    public void rename(List<Move> moves) {
        if (moves.isEmpty()) return;
        execute("RENAME TABLE "
                + moves.stream()
                        .map(move -> name(move.from().schema(), move.from().table()) + " TO "
                                + name(move.to().schema(), move.to().table()))
                        .collect(Collectors.joining(", ")));
    }

    @Override
    public void create(String schema, Kind kind, Definition definition) {
        drop(schema, kind, definition.name());
        use(schema);
        if (!definition.sqlMode().isEmpty()) execute("SET SESSION sql_mode = " + literal(definition.sqlMode()));
        try {
            createAsDefiner(kind, definition);
        } finally {
            execute("SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES'");
        }
    }

    /** Makes it run as the account it ran as, where this account may say so, else as this account. */
    private void createAsDefiner(Kind kind, Definition definition) {
        if (!definition.definer().isEmpty()) {
            String before = kind == Kind.TRIGGER ? "TRIGGER" : "SQL SECURITY";
            String create = definition
                    .create()
                    .replaceFirst(before, Matcher.quoteReplacement("DEFINER=" + definition.definer() + " " + before));
            try (var statement = connection.createStatement()) {
                fence.require(statement);
                statement.execute(create);
                return;
            } catch (SQLException e) {
                if (e.getErrorCode() != MAY_NOT_DEFINE) throw MysqlFailure.of("making " + definition.name(), e);
            }
        }
        execute(definition.create());
    }

    @Override
    public void drop(String schema, Kind kind, String name) {
        execute("DROP " + kind + " IF EXISTS " + name(schema, name));
    }

    @Override
    public void mark(Mark mark) {
        createTable(
                mark.schema(),
                "CREATE TABLE IF NOT EXISTS " + name(Mark.TABLE) + " (id TINYINT PRIMARY KEY, environment VARCHAR(190),"
                        + " server VARCHAR(500), place VARCHAR(64), marked DATETIME, marked_by VARCHAR(500))"
                        + " DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin");
        update(
                "REPLACE INTO " + name(mark.schema(), Mark.TABLE) + " VALUES (1, ?, ?, ?, UTC_TIMESTAMP(), ?)",
                List.of(mark.environment(), mark.server(), mark.schema(), mark.by()));
    }

    @Override
    public long update(String sql, List<String> values) {
        try (var statement = connection.prepareStatement(sql);
                var question = connection.createStatement()) {
            fence.require(question);
            for (int i = 0; i < values.size(); i++) statement.setString(i + 1, values.get(i));
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw MysqlFailure.of("changing rows", e);
        }
    }

    @Override
    public Register register(String schema) {
        return new MysqlRegister(this, connection, schema);
    }

    private void use(String schema) {
        execute("USE " + name(schema));
    }

    private void execute(String sql) {
        try (var statement = connection.createStatement()) {
            fence.require(statement);
            statement.execute(sql);
        } catch (SQLException e) {
            throw MysqlFailure.of("running " + (sql.length() > 120 ? sql.substring(0, 120) + "…" : sql), e);
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
