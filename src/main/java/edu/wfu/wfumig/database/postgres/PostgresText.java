package edu.wfu.wfumig.database.postgres;

import edu.wfu.wfumig.database.Cursor;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Names and literals in PostgreSQL's SQL. */
final class PostgresText {
    private PostgresText() {}

    /** A name, always in quotes: which words need them differs between versions. */
    static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String name(String schema, String object) {
        return name(schema) + "." + name(object);
    }

    static String names(Collection<String> names) {
        return names.stream().map(PostgresText::name).collect(Collectors.joining(", "));
    }

    /** What a transaction begins with in which bare names mean what stands in these schemas, the first before the second. */
    static String path(String... schemas) {
        return "SET LOCAL search_path = " + names(List.of(schemas));
    }

    /** The condition for all rows behind a cursor, as a comparison of rows, for which the server can use the key's index. */
    static String behind(Cursor cursor) {
        return "(" + names(cursor.columns()) + ") > (" + String.join(", ", cursor.values()) + ")";
    }

    /** A string literal; standard_conforming_strings is on in every connection. */
    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
