package edu.wfu.wfumig.steps;

import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Edits definitions without touching what stands in quotes. */
final class SqlText {
    private static final Pattern QUOTED = Pattern.compile("`(?:[^`]|``)*`|'(?:[^'\\\\]|''|\\\\.)*'", Pattern.DOTALL);

    private SqlText() {}

    /** Applies {@code edit} to every part of {@code sql} that stands outside of quotes. */
    static String outsideQuotes(String sql, UnaryOperator<String> edit) {
        var out = new StringBuilder();
        var quoted = QUOTED.matcher(sql);
        int from = 0;
        while (quoted.find()) {
            out.append(edit.apply(sql.substring(from, quoted.start()))).append(quoted.group());
            from = quoted.end();
        }
        return out.append(edit.apply(sql.substring(from))).toString();
    }

    static String name(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    static String unname(String quoted) {
        return quoted.substring(1, quoted.length() - 1).replace("``", "`");
    }
}
