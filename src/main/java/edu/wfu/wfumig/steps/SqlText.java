package edu.wfu.wfumig.steps;

import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Edits definitions without touching what stands in quotes. */
final class SqlText {
    private static final Pattern QUOTED = Pattern.compile("`(?:[^`]|``)*`|'(?:[^'\\\\]|''|\\\\.)*'", Pattern.DOTALL);

    private static final Set<String> COMMON_MODES = Set.of(
            "ANSI_QUOTES",
            "PIPES_AS_CONCAT",
            "NO_BACKSLASH_ESCAPES",
            "IGNORE_SPACE",
            "STRICT_TRANS_TABLES",
            "STRICT_ALL_TABLES",
            "NO_ZERO_IN_DATE",
            "NO_ZERO_DATE",
            "ERROR_FOR_DIVISION_BY_ZERO",
            "ONLY_FULL_GROUP_BY",
            "HIGH_NOT_PRECEDENCE",
            "NO_UNSIGNED_SUBTRACTION",
            "REAL_AS_FLOAT",
            "NO_ENGINE_SUBSTITUTION");

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

    /** Of SQL modes, those that MySQL and MariaDB both know and that change what a trigger means. */
    static String commonModes(String modes) {
        return Stream.of(modes.split(",")).filter(COMMON_MODES::contains).collect(Collectors.joining(","));
    }

    static String name(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    static String unname(String quoted) {
        return quoted.substring(1, quoted.length() - 1).replace("``", "`");
    }
}
