package edu.wfu.wfumig.schema;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a statement does that a script cannot hold.
 *
 * <ol>
 *   <li>It would begin or end a transaction, or be none of SQL: the ledger would not know what is in.
 *   <li>It would leave the schema that the environment says: a scratch schema would not hold it.
 *   <li>It would leave something in the connection that a later statement needs. After a death the connection is another one, and
 *       a statement that is in is not run again. One transaction is not cut short, so there it may.
 * </ol>
 *
 * @param expected what to write instead
 */
record Forbidden(String found, String expected) {
    private static final String STATEMENTS_ALONE =
            "statements alone: wfumig says where transactions begin and end, and which schema it is";

    private static final String NO_SCHEMA = "names without a schema: the environment says which it is";

    private static final String IN_CONNECTION =
            "a statement that holds all it needs: what only the connection has is gone after a death";

    static final Forbidden ROWS = new Forbidden("COPY FROM stdin", "statements alone, with INSERT for rows");

    private static final Pattern PATH_CONFIGURED = Pattern.compile("\\bSET_CONFIG ?\\( ?E?'SEARCH_PATH'");
    private static final Pattern PATH_SET = Pattern.compile("\\bSET (SESSION |LOCAL )?(\"?SEARCH_PATH\\b|SCHEMA\\b)");
    private static final Pattern INTO_VARIABLE = Pattern.compile("\\bINTO ?@");
    private static final Pattern INTO_TEMPORARY = Pattern.compile("\\bINTO (LOCAL |GLOBAL )?TEMP(ORARY)?\\b");
    private static final Pattern VARIABLE = Pattern.compile("(SET )? ?@(?!@)[^=]*?:?= ?(.*)");
    private static final Pattern IN_PASSING = Pattern.compile("@[\\w.$`]+ ?:=");
    private static final Pattern LITERAL = Pattern.compile(
            "([+-]? ?[0-9][0-9.]*(E[+-]?[0-9]+)?|0X[0-9A-F]+|(N|X|B|_[A-Z0-9]+ )?(('[^']*'|\"[^\"]*\") ?)+|NULL|TRUE|FALSE) ?");

    private static final Set<String> READ = Set.of("SELECT", "WITH", "VALUES", "DO");

    /** Null when it may stay. */
    static @Nullable Forbidden in(String sql, boolean postgres, boolean whole) {
        if (sql.startsWith("\\")) return new Forbidden("a command of psql", ROWS.expected());
        String first = Effect.firstWord(sql);
        String begin = line(SqlCode.of(sql, postgres));
        boolean transaction = switch (first) {
            case "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "XA", "ABORT", "END" -> true;
            case "START" -> begin.startsWith("START TRANSACTION");
            case "BEGIN" -> postgres || begin.matches("BEGIN( WORK)?");
            case "SET" -> begin.matches("SET (SESSION |@@SESSION\\.|@@)?AUTOCOMMIT\\b.*");
            default -> false;
        };
        if (transaction) return new Forbidden(first, STATEMENTS_ALONE);
        if (first.equals("USE")) return new Forbidden("USE", NO_SCHEMA);
        if (!postgres && (first.equals("LOCK") || first.equals("UNLOCK")))
            return new Forbidden(first + " TABLES", STATEMENTS_ALONE);
        if (begin.matches("(CREATE|DROP|ALTER) (DATABASE|SCHEMA)\\b.*"))
            return new Forbidden(begin.replaceFirst("^(\\w+ \\w+).*", "$1"), STATEMENTS_ALONE);
        if (postgres && changesPath(first, begin)) return new Forbidden("a change of the search path", NO_SCHEMA);
        boolean alone =
                begin.matches("(CREATE|DROP|REINDEX|REFRESH|ALTER) .*\\bCONCURRENTLY\\b.*") || first.equals("VACUUM");
        if (whole) {
            return alone
                    ? new Forbidden(
                            "what PostgreSQL runs outside of transactions alone",
                            "a line '" + Script.NO_TRANSACTION + "' at the beginning of the file")
                    : null;
        }
        if (begin.matches("CREATE (UNIQUE )?INDEX CONCURRENTLY (IF NOT EXISTS )?ON\\b.*"))
            return new Forbidden("CREATE INDEX CONCURRENTLY without a name", "a name, by which it is found again");
        return leftInConnection(first, line(SqlCode.withoutTexts(sql, postgres)), postgres);
    }

    private static String line(String code) {
        return code.replaceAll("\\s+", " ").strip().toUpperCase(Locale.ROOT);
    }

    private static boolean changesPath(String first, String begin) {
        return switch (first) {
            case "SET", "DO" ->
                PATH_SET.matcher(begin).find() || PATH_CONFIGURED.matcher(begin).find();
            case "RESET" -> begin.matches("RESET (ALL|\"?SEARCH_PATH\"?)\\b.*");
            case "DISCARD" -> begin.startsWith("DISCARD ALL");
            default -> PATH_CONFIGURED.matcher(begin).find();
        };
    }

    private static @Nullable Forbidden leftInConnection(String first, String begin, boolean postgres) {
        boolean read = READ.contains(first);
        if (begin.matches("CREATE (OR REPLACE )?((LOCAL|GLOBAL) )?TEMP(ORARY)?\\b.*")
                || postgres && read && INTO_TEMPORARY.matcher(begin).find()) {
            return new Forbidden("what is temporary", IN_CONNECTION);
        }
        // Bodies have variables of their own, and run later.
        if (postgres || first.equals("CREATE") || first.equals("ALTER")) return null;
        if (INTO_VARIABLE.matcher(begin).find()) return new Forbidden("INTO a variable", IN_CONNECTION);
        boolean computes = first.equals("SET")
                ? computes(begin)
                : read && IN_PASSING.matcher(begin).find();
        return computes ? new Forbidden("a variable that is no literal", IN_CONNECTION) : null;
    }

    private static boolean computes(String begin) {
        for (String part : begin.split(",")) {
            var variable = VARIABLE.matcher(part);
            if (variable.matches() && !LITERAL.matcher(variable.group(2)).matches()) return true;
        }
        return false;
    }
}
