package edu.wfu.wfumig.schema;

/**
 * A script as far as it is code: its comments are spaces, so that places and lines stay what they were.
 *
 * <ol>
 *   <li>What MySQL's conditional comments hold is code; their marks are not.
 *   <li>What stands in quotes is passed over, so that nothing in there begins a comment.
 *   <li>Bodies between dollars are code too: they hold that of functions.
 * </ol>
 */
final class SqlCode {
    private final String sql;
    private final boolean postgres;
    private final StringBuilder code;
    private int at;

    private SqlCode(String sql, boolean postgres) {
        this.sql = sql;
        this.postgres = postgres;
        code = new StringBuilder(sql);
    }

    /** Without comments. */
    static String of(String sql, boolean postgres) {
        return new SqlCode(sql, postgres).read(false);
    }

    /** Without comments and without what texts in quotes say; names in quotes stay. */
    static String withoutTexts(String sql, boolean postgres) {
        return new SqlCode(sql, postgres).read(true);
    }

    private String read(boolean emptied) {
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == '\'' || c == '"' || c == '`' && !postgres) quoted(c, emptied);
            else if (begins("--") && (postgres || at + 2 >= sql.length() || sql.charAt(at + 2) <= ' ')) line();
            else if (c == '#' && !postgres) line();
            else if (begins("/*")) comment();
            else if (begins("*/") && !postgres) blank(at + 2);
            else at++;
        }
        return code.toString();
    }

    private boolean begins(String mark) {
        return sql.startsWith(mark, at);
    }

    private void quoted(char quote, boolean emptied) {
        boolean text = quote == '\'' || quote == '"' && !postgres;
        boolean escapes = postgres ? quote == '\'' && at > 0 && "eE".indexOf(sql.charAt(at - 1)) >= 0 : text;
        int end = at + 1;
        while (end < sql.length() && sql.charAt(end) != quote) end += escapes && sql.charAt(end) == '\\' ? 2 : 1;
        end = Math.min(end, sql.length());
        at++;
        if (text && emptied) blank(end);
        at = end + 1;
    }

    private void line() {
        int end = sql.indexOf('\n', at);
        blank(end < 0 ? sql.length() : end);
    }

    private void comment() {
        int mark = begins("/*!") ? 3 : begins("/*M!") ? 4 : 0;
        if (mark > 0 && !postgres) {
            int end = at + mark;
            while (end < sql.length() && Character.isDigit(sql.charAt(end))) end++;
            blank(end);
            return;
        }
        int end = at + 2;
        // PostgreSQL has comments in comments.
        for (int depth = 1; depth > 0 && end < sql.length(); ) {
            boolean deeper = postgres && sql.startsWith("/*", end);
            boolean ends = sql.startsWith("*/", end);
            depth += deeper ? 1 : ends ? -1 : 0;
            end += deeper || ends ? 2 : 1;
        }
        blank(Math.min(end, sql.length()));
    }

    private void blank(int end) {
        for (; at < end; at++) {
            if (sql.charAt(at) != '\n') code.setCharAt(at, ' ');
        }
    }
}
