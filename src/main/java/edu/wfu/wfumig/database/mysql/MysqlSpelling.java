package edu.wfu.wfumig.database.mysql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One spelling for what MySQL and MariaDB, and their versions, say in different ways. Sources: MySQL manual, "Numeric Type
 * Attributes" and "Data Type Default Values"; MariaDB documentation, "Information Schema COLUMNS Table".
 */
record MysqlSpelling(boolean mariadb) {
    private static final Pattern WIDTH = Pattern.compile("\\b(smallint|mediumint|bigint|int|year)\\(\\d+\\)");
    private static final Pattern TINY = Pattern.compile("\\btinyint\\((?!1\\))\\d+\\)|\\btinyint\\(1\\)(?= unsigned)");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?(e[-+]?\\d+)?");
    private static final Pattern BITS = Pattern.compile("b'[01]*'");
    private static final Pattern NOW = Pattern.compile("(?i)\\bcurrent_timestamp(\\(\\))?");
    private static final Pattern CHARSET = Pattern.compile("_(?:utf8mb4|utf8mb3|utf8|latin1|binary)(?='|\\\\')");

    /** MySQL says a display width no more, but for {@code tinyint(1)} and together with ZEROFILL. */
    String type(String type) {
        String lower = type.startsWith("enum(") || type.startsWith("set(") ? type : type.toLowerCase(Locale.ROOT);
        if (lower.contains("zerofill") || lower.startsWith("enum(") || lower.startsWith("set(")) return lower;
        return TINY.matcher(WIDTH.matcher(lower).replaceAll("$1")).replaceAll("tinyint");
    }

    String collation(String collation) {
        return collation.startsWith("utf8_") ? "utf8mb3" + collation.substring(4) : collation;
    }

    /** In an order of their own, because the server's is that of its version. */
    String options(String options) {
        return String.join(
                " ",
                new TreeSet<>(java.util.List.of(options.toLowerCase(Locale.ROOT).split(" "))));
    }

    /** Texts and numbers in quotes, expressions without; empty where there is none, which is as good as NULL. */
    String byDefault(@Nullable String value, String extra) {
        if (value == null || mariadb && value.equals("NULL")) return "";
        if (BITS.matcher(value).matches()) return value;
        if (!mariadb) return extra.contains("DEFAULT_GENERATED") ? expression(value) : MysqlText.literal(value);
        if (value.startsWith("'")) return value;
        return NUMBER.matcher(value).matches() ? MysqlText.literal(value) : expression(value);
    }

    String extra(String extra) {
        return expression(extra.replace("DEFAULT_GENERATED", "").trim().toLowerCase(Locale.ROOT));
    }

    /** MySQL shows quotes with backslashes and texts with their charset. */
    String expression(String expression) {
        String plain = mariadb
                ? expression
                : CHARSET.matcher(expression).replaceAll("").replace("\\'", "'");
        return NOW.matcher(plain).replaceAll("current_timestamp");
    }

    /** To refuse at once and to refuse are the same in these products. */
    static String action(String rule) {
        return rule.equals("NO ACTION") || rule.equals("RESTRICT") ? "" : rule.toLowerCase(Locale.ROOT);
    }

    /** A row by the names of its columns in capitals, without what is NULL. */
    static Map<String, String> byLabel(ResultSet row) throws SQLException {
        var meta = row.getMetaData();
        var said = new HashMap<String, String>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            String value = row.getString(i);
            if (value != null) said.put(meta.getColumnLabel(i).toUpperCase(Locale.ROOT), value);
        }
        return said;
    }
}
