package edu.wfu.wfumig.database.mysql;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.stream.Collectors;

/** Names and literals in MySQL's SQL. */
final class MysqlText {
    private MysqlText() {}

    static String name(String name) {
        return "`" + name.replace("`", "``") + "`";
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

    /** The statement as a byte connection sends it: one char per byte of its UTF-8. */
    static String inBytes(String sql) {
        return new String(sql.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
