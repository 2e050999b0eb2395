package edu.wfu.wfumig.database.postgres;

import static edu.wfu.wfumig.database.postgres.PostgresText.name;

import edu.wfu.wfumig.database.Register;
import edu.wfu.wfumig.database.SchemaEditor;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The register of a schema on PostgreSQL. */
final class PostgresRegister implements Register {
    private final SchemaEditor editor;
    private final Connection connection;
    private final String schema;

    PostgresRegister(SchemaEditor editor, Connection connection, String schema) {
        this.editor = editor;
        this.connection = connection;
        this.schema = schema;
    }

    @Override
    public void open() {
        editor.createTable(schema, "CREATE TABLE IF NOT EXISTS " + name(TABLE) + " (name name PRIMARY KEY)");
    }

    @Override
    public Set<String> names() {
        var names = new HashSet<String>();
        try (var statement = connection.createStatement()) {
            if (PostgresRows.oid(statement, schema, TABLE) == 0) return names;
            names.addAll(PostgresRows.texts(statement, "SELECT name FROM " + name(schema, TABLE)));
            return names;
        } catch (SQLException e) {
            throw PostgresFailure.of("reading what is staged in " + schema, e);
        }
    }

    @Override
    public void add(String table) {
        editor.update("INSERT INTO " + name(schema, TABLE) + " VALUES (?) ON CONFLICT DO NOTHING", List.of(table));
    }

    @Override
    public void remove(Collection<String> tables) {
        if (tables.isEmpty()) return;
        String marks = String.join(",", java.util.Collections.nCopies(tables.size(), "?"));
        editor.update("DELETE FROM " + name(schema, TABLE) + " WHERE name IN (" + marks + ")", List.copyOf(tables));
    }
}
