package edu.wfu.wfumig.database.postgres;

import static edu.wfu.wfumig.database.postgres.PostgresText.literal;
import static edu.wfu.wfumig.database.postgres.PostgresText.name;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What makes a table whole, put together from what the catalogue says of it.
 *
 * <ol>
 *   <li>Before its rows: sequences of serials, the table with its columns and checks, how columns are stored.
 *   <li>After them: keys and indexes, checks that were never validated, what hangs on indexes, statistics, positions of
 *       sequences, comments, triggers.
 *   <li>Last, when all tables have their keys: foreign keys.
 * </ol>
 *
 * Names of the table's own schema stand without it: where they are run decides which schema that is.
 */
final class PostgresDefinition {
    private final String table;
    private final List<String> sequences = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final List<String> settings = new ArrayList<>();
    private final List<String> indexes = new ArrayList<>();
    private final List<String> onIndexes = new ArrayList<>();
    private final List<String> positions = new ArrayList<>();
    private final List<String> comments = new ArrayList<>();
    private final List<String> triggers = new ArrayList<>();
    private final List<String> references = new ArrayList<>();
    private String head = "CREATE TABLE ";
    private String tail = "";

    PostgresDefinition(String table) {
        this.table = table;
    }

    /** The statements before the rows. */
    String create() {
        String body = lines.isEmpty() ? " ()" : " (\n    " + String.join(",\n    ", lines) + "\n)";
        var statements = new ArrayList<>(
                sequences.stream().filter(one -> one.startsWith("CREATE ")).toList());
        statements.add(head + name(table) + body + tail);
        statements.addAll(
                sequences.stream().filter(one -> !one.startsWith("CREATE ")).toList());
        statements.addAll(settings);
        return String.join(";\n", statements);
    }

    /** The statements after the rows, those that need other tables last. */
    List<String> after() {
        return Stream.of(indexes, onIndexes, positions, comments, triggers, references)
                .flatMap(List::stream)
                .toList();
    }

    /** Whether a statement out of {@link #after} needs keys of other tables. */
    static boolean refers(String statement) {
        return statement.startsWith("ALTER TABLE ONLY ") && statement.contains(" FOREIGN KEY ");
    }

    private String alter(String action) {
        return "ALTER TABLE ONLY " + name(table) + " " + action;
    }

    private void comment(String on, String comment) {
        if (!comment.isEmpty()) comments.add("COMMENT ON " + on + " IS " + literal(comment));
    }

    /** A sequence that a column owns. */
    private record Sequence(
            String table,
            String column,
            String name,
            boolean identity,
            String type,
            long increment,
            long min,
            long max,
            boolean whole,
            String options) {
        static Sequence of(ResultSet row) throws SQLException {
            String options = "START WITH " + row.getLong(6) + " INCREMENT BY " + row.getLong(7) + " MINVALUE "
                    + row.getLong(8) + " MAXVALUE " + row.getLong(9) + " CACHE " + row.getLong(10)
                    + (row.getBoolean(11) ? " CYCLE" : "");
            return new Sequence(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getBoolean(4),
                    row.getString(5),
                    row.getLong(7),
                    row.getLong(8),
                    row.getLong(9),
                    row.getBoolean(12),
                    options);
        }

        /**
         * Goes on where it stood; or behind the last row, because rows may have come between the moment at which this was
         * read and the one as of which the rows were.
         */
        String position(long last, boolean called) {
            String at = "SELECT setval(" + literal(PostgresText.name(name)) + ", ";
            if (!whole) return at + last + ", " + called + ")";
            String own = PostgresText.name(column);
            boolean up = increment > 0;
            String end = (up ? "max(" : "min(") + own + ")";
            String reached = "coalesce(" + end + ", " + last + ")"; // greatest and least pass over NULL
            String place = up
                    ? "greatest(" + last + ", least(" + reached + ", " + max + "))"
                    : "least(" + last + ", greatest(" + reached + ", " + min + "))";
            String used = called ? "true" : "coalesce(" + end + (up ? " >= " : " <= ") + last + ", false)";
            return at + place + ", " + used + ") FROM ONLY " + PostgresText.name(table);
        }
    }

    /** Reads definitions of many tables, one statement per kind of thing. */
    static final class Reader {
        private final PostgresQuery query;
        private final String schema;
        private final Collection<String> tables;
        private final Map<String, PostgresDefinition> definitions = new LinkedHashMap<>();
        private final Map<String, Sequence> identities = new LinkedHashMap<>();

        Reader(PostgresQuery query, String schema, Collection<String> tables) {
            this.query = query;
            this.schema = schema;
            this.tables = tables;
        }

        Map<String, PostgresDefinition> read() {
            sequences();
            query.each("columns", this::column, schema, tables);
            query.each("constraints", this::constraint, schema, tables);
            query.each("indexes", this::index, schema, tables);
            query.each("options", this::options, schema, tables);
            query.each("statistics", row -> of(row).onIndexes.add(row.getString(2)), schema, tables);
            query.each(
                    "comments",
                    row -> of(row).comments.add("COMMENT ON " + row.getString(2)),
                    schema,
                    tables,
                    schema,
                    tables);
            query.each("triggers", row -> of(row).triggers.add(row.getString(3)), schema, tables);
            return definitions;
        }

        private PostgresDefinition of(ResultSet row) throws SQLException {
            return definitions.computeIfAbsent(row.getString(1), PostgresDefinition::new);
        }

        private void sequences() {
            var found = new LinkedHashMap<String, Sequence>();
            query.each("sequences", row -> found.put(row.getString(3), Sequence.of(row)), schema, tables);
            if (found.isEmpty()) return;
            var questions = found.keySet().stream()
                    .map(one -> "SELECT " + literal(one) + ", last_value, is_called FROM " + name(schema, one))
                    .toList();
            query.eachOf(String.join(" UNION ALL ", questions), row -> {
                var sequence = found.get(row.getString(1));
                if (sequence == null) return;
                var definition = definitions.computeIfAbsent(sequence.table(), PostgresDefinition::new);
                definition.positions.add(sequence.position(row.getLong(2), row.getBoolean(3)));
                if (sequence.identity()) {
                    identities.put(sequence.table() + "\0" + sequence.column(), sequence);
                    return;
                }
                String own = name(sequence.name());
                definition.sequences.add(
                        "CREATE SEQUENCE " + own + " AS " + sequence.type() + " " + sequence.options());
                definition.sequences.add(
                        "ALTER SEQUENCE " + own + " OWNED BY " + name(sequence.table(), sequence.column()));
            });
        }

        private void column(ResultSet row) throws SQLException {
            var definition = of(row);
            String column = row.getString(2);
            String own = name(column);
            String generated = row.getString(5);
            String identity = row.getString(6);
            String expression = row.getString(10);
            var line = new StringBuilder(own).append(' ').append(row.getString(8));
            if (!row.getString(9).isEmpty()) line.append(" COLLATE ").append(row.getString(9));
            var sequence = identities.get(definition.table + "\0" + column);
            if (!generated.isEmpty()) {
                line.append(" GENERATED ALWAYS AS (").append(expression).append(")");
                line.append(generated.equals("s") ? " STORED" : " VIRTUAL");
            } else if (!identity.isEmpty() && sequence != null) {
                line.append(" GENERATED ").append(identity.equals("a") ? "ALWAYS" : "BY DEFAULT");
                line.append(" AS IDENTITY (SEQUENCE NAME ").append(name(sequence.name()));
                line.append(' ').append(sequence.options()).append(")");
            } else if (!expression.isEmpty()) {
                line.append(" DEFAULT ").append(expression);
            }
            if (row.getBoolean(7)) line.append(" NOT NULL");
            definition.lines.add(line.toString());
            String alter = "ALTER COLUMN " + own + " SET ";
            if (!row.getString(11).isEmpty())
                definition.settings.add(definition.alter(alter + "STORAGE " + row.getString(11)));
            if (!row.getString(12).isEmpty()) {
                definition.settings.add(definition.alter(alter + "COMPRESSION " + row.getString(12)));
            }
            if (!row.getString(13).isEmpty()) {
                definition.onIndexes.add(definition.alter(alter + "STATISTICS " + row.getString(13)));
            }
            if (!row.getString(14).isEmpty())
                definition.onIndexes.add(definition.alter(alter + "(" + row.getString(14) + ")"));
        }

        private void constraint(ResultSet row) throws SQLException {
            var definition = of(row);
            String on = "CONSTRAINT " + name(row.getString(2)) + " ON " + name(definition.table);
            String text = row.getString(5);
            String comment = row.getString(6);
            switch (row.getString(3)) {
                case "c" -> {
                    if (row.getBoolean(4)) definition.lines.add(text);
                    else definition.onIndexes.add(definition.alter("ADD " + text));
                    definition.comment(on, comment);
                }
                case "f" -> {
                    String reference = definition.alter("ADD " + text);
                    definition.references.add(
                            comment.isEmpty()
                                    ? reference
                                    : reference + ";\nCOMMENT ON " + on + " IS " + literal(comment));
                }
                default -> {
                    definition.indexes.add(definition.alter("ADD " + text));
                    definition.comment(on, comment);
                }
            }
        }

        private void index(ResultSet row) throws SQLException {
            var definition = of(row);
            if (!row.getString(3).isEmpty()) definition.indexes.add(row.getString(3));
            if (!row.getString(4).isEmpty()) definition.onIndexes.add(row.getString(4));
            if (!row.getString(5).isEmpty()) definition.onIndexes.add(row.getString(5));
            definition.comment("INDEX " + name(row.getString(2)), row.getString(6));
        }

        private void options(ResultSet row) throws SQLException {
            var definition = of(row);
            if (row.getBoolean(2)) definition.head = "CREATE UNLOGGED TABLE ";
            if (!row.getString(3).isEmpty()) definition.tail += " USING " + name(row.getString(3));
            String with = Stream.of(row.getString(4), row.getString(5))
                    .filter(text -> !text.isEmpty())
                    .reduce((one, other) -> one + ", " + other)
                    .orElse("");
            if (!with.isEmpty()) definition.tail += " WITH (" + with + ")";
            if (!row.getString(6).isEmpty())
                definition.onIndexes.add(definition.alter("REPLICA IDENTITY " + row.getString(6)));
            if (!row.getString(7).isEmpty())
                definition.onIndexes.add(definition.alter("CLUSTER ON " + row.getString(7)));
        }
    }
}
