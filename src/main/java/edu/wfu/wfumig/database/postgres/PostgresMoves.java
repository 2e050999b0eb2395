package edu.wfu.wfumig.database.postgres;

import static edu.wfu.wfumig.database.postgres.PostgresText.literal;
import static edu.wfu.wfumig.database.postgres.PostgresText.name;

import edu.wfu.wfumig.database.SchemaEditor.Move;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the ways to replace tables have in common: locking, moving from schema to schema, running. All within a transaction. */
final class PostgresMoves {
    private PostgresMoves() {}

    /** A sequence that belongs to a column follows its table, and so do indexes; extended statistics do not. */
    static void bring(Statement statement, Move move, List<String> statistics) throws SQLException {
        String into = move.to().schema();
        requireSchema(statement, into);
        var from = move.from();
        statement.execute("ALTER TABLE " + name(from.schema(), from.table()) + " SET SCHEMA " + name(into));
        for (String one : statistics) {
            statement.execute("ALTER STATISTICS " + name(from.schema()) + "." + one + " SET SCHEMA " + name(into));
        }
        if (from.table().equals(move.to().table())) return;
        statement.execute("ALTER TABLE " + name(into, from.table()) + " RENAME TO "
                + name(move.to().table()));
    }

    static void requireSchema(Statement statement, String schema) throws SQLException {
        // IF NOT EXISTS asks for the privilege to make schemas, even when there is nothing to make.
        boolean there = PostgresRows.read(
                        statement,
                        "SELECT to_regnamespace(" + literal(name(schema)) + ") IS NOT NULL",
                        row -> row.getBoolean(1))
                .get(0);
        if (!there) statement.execute("CREATE SCHEMA " + name(schema));
    }

    static void lock(Statement statement, Stream<String> tables) throws SQLException {
        var sorted = tables.filter(table -> !table.isEmpty()).collect(Collectors.toCollection(TreeSet::new));
        if (sorted.isEmpty()) return;
        // For all of them together no longer than for one: the first is locked while the last is waited for.
        statement.execute("SELECT set_config('statement_timeout', current_setting('lock_timeout'), true)");
        statement.execute("LOCK TABLE " + String.join(", ", sorted) + " IN ACCESS EXCLUSIVE MODE");
        statement.execute("SET LOCAL statement_timeout = 0");
    }

    static void executeAll(Statement statement, List<String> statements) throws SQLException {
        for (String one : statements) statement.execute(one);
    }
}
