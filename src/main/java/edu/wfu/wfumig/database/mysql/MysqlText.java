package edu.wfu.wfumig.database.mysql;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names and literals in MySQL's SQL. */
final class MysqlText {
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

    private MysqlText() {}

    static String name(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    static String unname(String quoted) {
        return quoted.substring(1, quoted.length() - 1).replace("``", "`");
    }

    static String name(String schema, String table) {
        return name(schema) + "." + name(table);
    }

    /** A string literal that is right in every sql_mode wfumig uses. */
    static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    static String list(Collection<String> texts) {
        return texts.stream().map(MysqlText::literal).collect(Collectors.joining(",", "(", ")"));
    }

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

    /** The statement as a byte connection sends it: one char per byte of its UTF-8. */
    static String inBytes(String sql) {
        return new String(sql.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
