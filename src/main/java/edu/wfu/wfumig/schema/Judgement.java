package edu.wfu.wfumig.schema;

import edu.wfu.wfumig.inventory.Element;
import edu.wfu.wfumig.inventory.Structure;
import edu.wfu.wfumig.schema.History.Begun;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What became of a statement that was begun and of whose end nothing is known. Whoever ran it is out, and its connection is ended:
 * nothing happens any more while this is asked.
 *
 * <ol>
 *   <li>Settings went with their connection, and are made again.
 *   <li>Rows were changed in one transaction with the word that they are in. Without the word they are not, unless the statement
 *       names a table whose engine has no transactions.
 *   <li>A definition is there as a whole or not at all. If the part holds what it held before, it is not there. Then it is run
 *       again, which is right also for a definition that changes nothing that shows. If something differs that it names, it is
 *       there. If only other things differ, somebody else was at work, and nothing can be known.
 *   <li>A drop of several things is not one on MariaDB; with {@code IF EXISTS} it is simply run again.
 *   <li>Several tables that are renamed at once may have changed places: where they are alike, that shows nowhere. Unless the server
 *       has refused it, nothing can be known.
 *   <li>{@code CREATE INDEX CONCURRENTLY} leaves an invalid index when it fails: it is dropped, and made anew.
 *   <li>Of a procedure that was called, nothing can be known.
 * </ol>
 *
 * Source: MySQL manual, "Atomic Data Definition Statement Support"; MariaDB documentation, "Atomic DDL"; PostgreSQL manual,
 * "CREATE INDEX", "Building Indexes Concurrently".
 */
final class Judgement {
    /** What can be known. */
    enum Verdict {
        HAPPENED,
        NOT,
        UNKNOWN
    }

    private static final Pattern CONCURRENT = Pattern.compile(
            "\\s*CREATE\\s+(?:UNIQUE\\s+)?INDEX\\s+CONCURRENTLY\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?(\"[^\"]+\"|\\w+)\\s+ON\\b.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern SEVERAL = Pattern.compile(
            "\\s*(DROP\\s+\\w+|RENAME\\s+TABLES?)\\b[^;]*,.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern RENAMES =
            Pattern.compile("\\s*RENAME\\s+TABLES?\\b[^;]*,.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern REPEATABLE =
            Pattern.compile("\\s*DROP\\s+\\w+\\s+IF\\s+EXISTS\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final Installation here;

    Judgement(Installation here) {
        this.here = here;
    }

    Verdict of(Begun statement) {
        boolean renames = statement.effect() == Effect.DEFINITION
                && !here.part().postgres()
                && RENAMES.matcher(statement.sql()).matches();
        return renames ? Verdict.UNKNOWN : ofRefused(statement);
    }

    /** Of one that the server answered with an error: it says itself that the whole of it is not in. */
    Verdict ofRefused(Begun statement) {
        if (statement.partly()) return Verdict.UNKNOWN;
        return switch (statement.effect()) {
            case SETTING -> Verdict.NOT;
            case ROWS -> leavesTraces(statement.sql()) ? Verdict.UNKNOWN : Verdict.NOT;
            case DEFINITION -> definition(statement);
            case ANYTHING -> Verdict.UNKNOWN;
        };
    }

    private Verdict definition(Begun statement) {
        if (here.part().postgres() && dropInvalidIndex(statement.sql())) return Verdict.NOT;
        if (REPEATABLE.matcher(statement.sql()).matches()) return Verdict.NOT;
        var differences = Structure.differences(Packed.structure(statement.structure()), here.structure());
        if (differences.isEmpty()) return Verdict.NOT;
        boolean several =
                !here.part().postgres() && SEVERAL.matcher(statement.sql()).matches();
        boolean named = differences.stream().anyMatch(one -> names(statement.sql(), one.element()));
        return named && !several ? Verdict.HAPPENED : Verdict.UNKNOWN;
    }

    private boolean names(String sql, Element element) {
        String text = sql.toLowerCase(Locale.ROOT);
        return Stream.of(element.owner(), element.name())
                .map(name -> here.part().live(name).replaceFirst("\\(.*", "").toLowerCase(Locale.ROOT))
                .anyMatch(name -> Script.mentions(text, name));
    }

    /** Drops what an index that was to be made beside writers has left; whether there was something. */
    private boolean dropInvalidIndex(String sql) {
        var made = CONCURRENT.matcher(sql);
        if (!made.matches()) return false;
        String name = made.group(1);
        String plain = name.startsWith("\"") ? name.substring(1, name.length() - 1) : name.toLowerCase(Locale.ROOT);
        var found = here.session()
                .rows(
                        "SELECT 1 FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE NOT i.indisvalid"
                                + " AND c.relname = ? AND c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = ?)",
                        plain,
                        here.part().schema());
        if (found.isEmpty()) return false;
        here.session().run("DROP INDEX CONCURRENTLY " + name);
        return true;
    }

    /** Whether a statement names a table of which the server takes nothing back. */
    private boolean leavesTraces(String sql) {
        if (here.part().postgres()) return false;
        return here
                .session()
                .rows("SELECT t.table_name FROM information_schema.tables t JOIN information_schema.engines e"
                        + " ON e.engine = t.engine WHERE t.table_schema = DATABASE() AND e.transactions <> 'YES'")
                .stream()
                .map(row -> row.get(0))
                .anyMatch(table -> Script.mentions(sql, table));
    }
}
