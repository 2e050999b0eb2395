package edu.wfu.wfumig.schema;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What kind of thing a statement does: it decides what can be known of it after a death. */
enum Effect {
    /** Settings of the connection: lost with it, and made again by whoever goes on. */
    SETTING,
    /** Rows, in a transaction. */
    ROWS,
    /** A definition, which is committed by itself and is there as a whole or not at all. */
    DEFINITION,
    /** Code that may do anything, and commit in between. */
    ANYTHING;

    /** MySQL's conditional comments, with the version that they ask for. */
    private static final Pattern CONDITIONAL = Pattern.compile("^/\\*M?!\\d*\\s*");

    private static final Pattern COMMENT =
            Pattern.compile("^(?:--[^\\n]*\\n|#[^\\n]*\\n|/\\*.*?\\*/|[\\s(])+", Pattern.DOTALL);

    private static final Set<String> OF_ROWS = Set.of(
            "INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "SELECT", "WITH", "VALUES", "TABLE", "LOAD", "COPY", "DO",
            "SHOW", "EXPLAIN");

    static Effect of(String sql, boolean postgres) {
        String first = firstWord(sql);
        return switch (first) {
            case "SET", "RESET", "PREPARE", "DEALLOCATE" -> SETTING;
            case "CALL", "EXECUTE", "BEGIN", "HANDLER" -> ANYTHING;
            // DO runs an expression on MySQL, and code of any kind on PostgreSQL.
            case "DO" -> postgres ? ANYTHING : ROWS;
            default -> OF_ROWS.contains(first) ? ROWS : DEFINITION;
        };
    }

    /** In capitals. */
    static String firstWord(String sql) {
        String begin = sql.substring(0, Math.min(sql.length(), 2000));
        String bare =
                COMMENT.matcher(CONDITIONAL.matcher(begin).replaceFirst("")).replaceFirst("");
        int end = 0;
        while (end < bare.length() && (Character.isLetter(bare.charAt(end)) || bare.charAt(end) == '_')) end++;
        return bare.substring(0, end).toUpperCase(Locale.ROOT);
    }
}
