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
    /** Statements by table: its last definition and what comes behind that; all else under an empty name. */
    static Map<String, String> of(Path dump) {
        def sql = new ZstdInputStream(Files.newInputStream(dump)).withCloseable { it.readAllBytes() }
        Map<String, StringBuilder> tables = new TreeMap<>()
        // Newlines in values are escaped, so what looks like the begin of a statement is one.
        new String(sql, StandardCharsets.ISO_8859_1).split(/(?m)^(?=INSERT INTO |SET NAMES utf8mb4;$)/).each { String piece ->
            def definition = piece =~ /\ASET NAMES utf8mb4;\nDROP TABLE IF EXISTS (\S+);/
            def rows = piece =~ /\AINSERT INTO (\S+) /
            if (definition) tables[definition.group(1)] = new StringBuilder(piece)
            else tables.computeIfAbsent(rows ? rows.group(1) : '', { String name -> new StringBuilder() }).append(piece)
        }
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
