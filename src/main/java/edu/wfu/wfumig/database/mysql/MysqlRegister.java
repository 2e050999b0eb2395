package edu.wfu.wfumig.database.mysql;

import static edu.wfu.wfumig.database.mysql.MysqlText.name;

import edu.wfu.wfumig.database.Register;
import edu.wfu.wfumig.database.SchemaEditor;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The register of a schema on MySQL or MariaDB. */
final class MysqlRegister implements Register {
    /** ER_NO_SUCH_TABLE, ER_BAD_DB_ERROR. */
    private static final Set<Integer> NOT_THERE = Set.of(1146, 1049);

    private final SchemaEditor editor;
    private final Connection connection;
    private final String schema;

    MysqlRegister(SchemaEditor editor, Connection connection, String schema) {
        this.editor = editor;
        this.connection = connection;
        this.schema = schema;
    }

    @Override
    public void open() {
        editor.createTable(
                schema,
                "CREATE TABLE IF NOT EXISTS " + name(TABLE)
                        + " (name VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin PRIMARY KEY)");
    }

    @Override
    public Set<String> names() {
        var names = new HashSet<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT name FROM " + name(schema, TABLE))) {
            while (rows.next()) names.add(rows.getString(1));
            return names;
        } catch (SQLException e) {
            if (NOT_THERE.contains(e.getErrorCode())) return Set.of();
            throw MysqlFailure.of("reading what is staged in " + schema, e);
        }
    }

    @Override
    public void add(String table) {
        editor.update("REPLACE INTO " + name(schema, TABLE) + " VALUES (?)", List.of(table));
    }

    @Override
    public void remove(Collection<String> tables) {
        if (tables.isEmpty()) return;
        String marks = tables.stream().map(table -> "?").collect(Collectors.joining(","));
        editor.update("DELETE FROM " + name(schema, TABLE) + " WHERE name IN (" + marks + ")", List.copyOf(tables));
    }
}
