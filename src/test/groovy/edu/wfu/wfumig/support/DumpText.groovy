package edu.wfu.wfumig.support

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.ObjectMapper
import com.fasterxml.jackson.databind.node.ObjectNode
import com.github.luben.zstd.ZstdInputStream
import groovy.transform.CompileStatic
import java.nio.charset.StandardCharsets
import java.nio.file.Files
import java.nio.file.Path

/** What a dump restores, whatever the order in which its tables were written and whether one was begun again. */
@CompileStatic
class DumpText {
    // Newlines in values are escaped, so what looks like the begin of a statement is one.
    private static final String MYSQL_PIECES = /(?m)^(?=INSERT INTO |SET NAMES utf8mb4;$)/
    private static final String MYSQL_TABLE = /\ASET NAMES utf8mb4;\nDROP TABLE IF EXISTS (\S+);/
    private static final String MYSQL_ROWS = /\AINSERT INTO (\S+) /
    private static final String NAME = /("(?:[^"]|"")*")/
    private static final String POSTGRES_PIECES = /(?m)^(?=COPY "|DROP TABLE IF EXISTS ")|(?<=^\\\.\n)|(?<=;\n\n)/
    private static final String POSTGRES_TABLE = /\ADROP TABLE IF EXISTS $NAME CASCADE;/
    private static final String POSTGRES_ROWS = /\ACOPY $NAME /

    /** Statements by table: its last definition and what comes behind that; all else under an empty name. */
    static Map<String, String> of(Path dump) {
        def sql = new String(new ZstdInputStream(Files.newInputStream(dump)).withCloseable { it.readAllBytes() }, StandardCharsets.ISO_8859_1)
        boolean postgres = sql.contains('\nSET search_path = ')
        Map<String, StringBuilder> tables = new TreeMap<>()
        sql.split(postgres ? POSTGRES_PIECES : MYSQL_PIECES).each { String piece ->
            def definition = piece =~ (postgres ? POSTGRES_TABLE : MYSQL_TABLE)
            def rows = piece =~ (postgres ? POSTGRES_ROWS : MYSQL_ROWS)
            if (definition) tables[definition.group(1)] = new StringBuilder(piece)
            else tables.computeIfAbsent(rows ? rows.group(1) : '', { String name -> new StringBuilder() }).append(piece)
        }
        // What completes the tables stands in the order in which they were written.
        if (postgres) tables[''] = new StringBuilder(tables[''].toString().readLines().sort().join('\n'))
        tables.collectEntries { name, text -> [name, "${text.length()} bytes, ${text.toString().md5()}".toString()] } as Map<String, String>
    }

    /** A manifest without the places of its frames. */
    static String manifest(Path manifest) {
        def json = new ObjectMapper()
        def node = json.readTree(Files.readString(manifest))
        placeless(node)
        json.writeValueAsString(node)
    }

    private static void placeless(JsonNode node) {
        if (node instanceof ObjectNode) node.remove(['offset', 'bytes'])
        node.forEach { JsonNode it -> placeless(it) }
    }
}
