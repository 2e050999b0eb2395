package edu.wfu.wfumig.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What was applied under some prefixes of a schema, as of one moment: rows of the history and of its statements, as text.
 *
 * @param migrations rows of {@value #MIGRATION}; behind them the moment, in UTC
 * @param statements rows of {@value #STATEMENT}
 */
public record Histories(List<List<String>> migrations, List<List<String>> statements) {
    public static final Histories NONE = new Histories(List.of(), List.of());

    static final String MIGRATION =
            "prefix, application, id, version, name, checksum, state, applied_by, backup, sql_text,"
                    + " structure_before, touched, duration_ms";
    static final String STATEMENT = "prefix, application, id, way, digest, effect, structure, sql_text, state, number";

    private static final int PREFIX = 0;
    private static final int APPLICATION = 1;
    private static final int TEXT = 9;
    private static final int TOUCHED = 11;

    /**
     * Reads them where there is a history.
     *
     * @param in the schema
     * @param rows answers a question in SQL
     */
    public static Histories of(Part in, Collection<String> prefixes, Function<String, List<List<String>>> rows) {
        String moment =
                in.postgres() ? "CAST(applied_at AT TIME ZONE 'UTC' AS text) || '+00'" : "CAST(applied_at AS CHAR)";
        // Of letters, digits and underscores.
        String where = prefixes.stream()
                .map(prefix -> "'" + prefix + "'")
                .collect(Collectors.joining(", ", " WHERE application <> '' AND prefix IN (", ")"));
        return new Histories(
                rows.apply("SELECT " + MIGRATION + ", " + moment + " FROM " + in.own(History.TABLE) + where
                        + " ORDER BY prefix, application, id"),
                rows.apply("SELECT " + STATEMENT + " FROM " + in.own(History.STATEMENTS) + where
                        + " ORDER BY prefix, application, id, way, number"));
    }

    /** Whether a schema can have any. */
    public static String table() {
        return History.TABLE;
    }

    /** Those of one application under one prefix. */
    public Histories of(String prefix, String application) {
        return new Histories(some(migrations, prefix, application), some(statements, prefix, application));
    }

    private static List<List<String>> some(List<List<String>> rows, String prefix, String application) {
        return rows.stream()
                .filter(row ->
                        row.get(PREFIX).equals(prefix) && row.get(APPLICATION).equals(application))
                .toList();
    }

    /** What has a history under a prefix. */
    public Set<String> applications(String prefix) {
        return migrations.stream()
                .filter(row -> row.get(PREFIX).equals(prefix))
                .map(row -> row.get(APPLICATION))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether a migration has made or changed one of these tables; of one that nobody has ended, whether its script names one. */
    public boolean touches(Part part, Collection<String> tables) {
        return migrations.stream().anyMatch(row -> touches(part, row, tables));
    }

    private static boolean touches(Part part, List<String> row, Collection<String> tables) {
        String touched = row.get(TOUCHED);
        if (touched.isEmpty()) {
            String text = Packed.unpacked(row.get(TEXT));
            return tables.stream().anyMatch(table -> part.mentions(text, table));
        }
        return Packed.names(touched).stream().map(part::live).anyMatch(tables::contains);
    }

    public Histories plus(Histories other) {
        var allMigrations = new ArrayList<>(migrations);
        allMigrations.addAll(other.migrations);
        var allStatements = new ArrayList<>(statements);
        allStatements.addAll(other.statements);
        return new Histories(List.copyOf(allMigrations), List.copyOf(allStatements));
    }
}
