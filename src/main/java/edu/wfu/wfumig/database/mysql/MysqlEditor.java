package edu.wfu.wfumig.database.mysql;

import static edu.wfu.wfumig.database.mysql.MysqlText.literal;
import static edu.wfu.wfumig.database.mysql.MysqlText.name;

import edu.wfu.wfumig.database.Definition;
import edu.wfu.wfumig.database.SchemaEditor;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Definitions on a MySQL or MariaDB server. */
final class MysqlEditor implements SchemaEditor {
    private final Connection connection;

    MysqlEditor(Connection connection) {
        this.connection = connection;
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
        execute(definition.create());
    }

    @Override
    public void drop(String schema, Kind kind, String name) {
        execute("DROP " + kind + " IF EXISTS " + name(schema, name));
    }

    @Override
    public long update(String sql, List<String> values) {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) statement.setString(i + 1, values.get(i));
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw MysqlFailure.of("changing rows", e);
        }
    }

    private void use(String schema) {
        execute("USE " + name(schema));
    }

    private void execute(String sql) {
        try (var statement = connection.createStatement()) {
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
