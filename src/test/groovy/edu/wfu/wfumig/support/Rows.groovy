package edu.wfu.wfumig.support

import groovy.transform.CompileStatic

/** Rows of a table as independent readers see them. */
@CompileStatic
class Rows {
    private static final List<String> TEXT = ['char', 'varchar', 'tinytext', 'text', 'mediumtext', 'longtext', 'json']

    /** Names of a schema's base tables that move with the fixture's network. */
    static List<String> tables(TestServer server, String schema) {
        server.rows("SELECT table_name FROM information_schema.tables WHERE table_schema = '$schema' AND table_type = 'BASE TABLE'" +
                " AND table_name NOT REGEXP '^(otherapp_urls|wpx43_posts|wp_6_gf_entry|wp_430_stats|wp_blogs)\$' ORDER BY 1")*.get(0)
    }

    /** All rows as hex, sorted, with the source's host replaced by the target's of the same length in text columns. */
    static List<String> of(TestServer server, String schema, String table) {
        def columns = server.rows("SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = '$schema'" +
                " AND table_name = '$table' ORDER BY ordinal_position")
        def select = columns.collect { List<String> it ->
            def column = "`${it[0].replace('`', '``')}`"
            def value = it[1] in TEXT ? "REGEXP_REPLACE(CONVERT($column USING utf8mb4), '(?i)dev[.]wfu[.]test', 'uat.wfu.test')"
                    : it[1] == 'float' ? "CAST($column + 0e0 AS CHAR)" : it[1] in ['inet6', 'double', 'timestamp', 'datetime', 'time', 'date', 'decimal', 'bigint', 'int'] ? "CAST($column AS CHAR)" : column
            "IFNULL(HEX($value), 'NULL')"
        }.join(", ',', ")
        server.rows("SELECT CONCAT($select) FROM `$schema`.`${table.replace('`', '``')}`")*.get(0).sort()
    }
}
