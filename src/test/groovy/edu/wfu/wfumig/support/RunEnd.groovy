package edu.wfu.wfumig.support

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.ObjectMapper
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature
import com.fasterxml.jackson.databind.json.JsonMapper
import com.fasterxml.jackson.databind.node.ObjectNode
import groovy.transform.CompileStatic
import java.nio.file.Files
import java.nio.file.Path
import java.sql.Connection

/**
 * All that a run leaves behind, as text under names, with whatever may differ between two runs taken out: ids, times, servers.
 * Two runs of a plan on the same data end in equal ones.
 */
@CompileStatic
class RunEnd {
    // Scopes run side by side, so what is first in a file says nothing.
    private static final ObjectMapper JSON = JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build()
    private static final List<String> OF_ONE_RUN = ['run', 'at', 'crc', 'started', 'ended', 'millis', 'attempts', 'next', 'target', 'identity',
            'fileBytes', 'dumpBytes', 'resumed'] // a table without a cursor that was begun again is in the dump twice

    static Map<String, String> of(Wfumig wfumig, TestServer server, String target, String staging) {
        Map<String, String> end = new TreeMap<>()
        picture(server, [target, staging]).each { name, value -> end["database $name".toString()] = value }
        kept(server, target).each { schema ->
            picture(server, [schema]).each { name, value -> end["database kept${name.substring(schema.length())}".toString()] = value.replace(schema, 'kept') }
        }
        end['history'] = server.rows("SELECT phase, scopes, finished, percent FROM ${target}.wfumig_history WHERE run = '${wfumig.runId()}'").toString()
        end.putAll(papers(wfumig))
        end
    }

    /** What is left on this machine, and in the archive. */
    static Map<String, String> papers(Wfumig wfumig) {
        Map<String, String> end = [:]
        def run = wfumig.run()
        // Files of the run's own; logs tell how it went, not how it ended.
        end['ledger folder'] = Bytes.filesBelow(run).findAll { !it.startsWith('logs/') }.toString()
        end['work folder'] = Files.exists(Path.of(JSON.readTree(run.resolve('options.json').toFile()).get('work').asText())).toString()
        ['completed.json', 'failed.json', 'state.json', 'report.json'].each {
            def file = run.resolve(it)
            end["ledger $it".toString()] = Files.exists(file) ? json(Files.readString(file)) : 'missing'
        }
        wfumig.call('status', '--json')
        end['status'] = json(wfumig.out)
        end.putAll(archived(wfumig, run))
        end
    }

    /** What {@link TestServer#picture} shows except the history of runs, over one connection: it is taken often. */
    static Map<String, String> picture(TestServer server, List<String> schemas) {
        Map<String, String> picture = new TreeMap<>()
        server.connect().withCloseable { connection ->
            schemas.each { schema ->
                def found = rows(connection, "SELECT table_name, table_type FROM information_schema.tables WHERE table_schema = '$schema' AND table_name NOT IN ('wfumig_history', 'wfumig_mark')")
                def tables = found.findAll { it[1] != 'VIEW' }.collect { "`$schema`.`${it[0]}`".toString() }
                if (tables) rows(connection, "CHECKSUM TABLE ${tables.join(', ')}").each { picture["${it[0]} checksum".toString()] = it[1] }
                found.each { picture["$schema.${it[0]}".toString()] = rows(connection, "SHOW CREATE ${it[1] == 'VIEW' ? 'VIEW' : 'TABLE'} `$schema`.`${it[0]}`")[0][1] }
                rows(connection, "SELECT trigger_name, event_object_table, action_statement, sql_mode, definer FROM information_schema.triggers WHERE trigger_schema = '$schema'")
                        .each { picture["$schema trigger ${it[0]}".toString()] = it.toString() }
            }
        }
        picture
    }

    private static List<List<String>> rows(Connection connection, String query) {
        connection.createStatement().withCloseable { statement ->
            def result = statement.executeQuery(query)
            List<List<String>> rows = []
            while (result.next()) rows << (List<String>) (1..result.metaData.columnCount).collect { int i -> result.getString(i) }
            rows
        }
    }

    /** Schemas in which runs kept old tables of this one. */
    static List<String> kept(TestServer server, String target) {
        server.rows("SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE '${target.replace('_', '\\_')}\\_wfumig\\_kept%'")*.get(0)
    }

    private static Map<String, String> archived(Wfumig wfumig, Path run) {
        def archive = wfumig.home.resolve('archive')
        Map<String, String> files = [:]
        // What is noted with a file names the run.
        Bytes.filesBelow(archive).findAll { !it.endsWith('.about') }.each { path ->
            def name = 'archive ' + path.substring(path.indexOf(wfumig.runId()) + wfumig.runId().length() + 1)
            def file = archive.resolve(path)
            if (name.endsWith('.sql.zst')) {
                files[name] = DumpText.of(file).toString()
            } else if (name.endsWith('manifest.json')) {
                files[name] = DumpText.manifest(file)
            } else {
                // The run's own papers: the archive has what the ledger has.
                files[name] = Files.mismatch(file, run.resolve(path.substring(path.lastIndexOf('/') + 1))) == -1 ? 'as in the ledger' : 'not as in the ledger'
            }
        }
        files
    }

    private static String json(String text) {
        def node = JSON.readTree(text)
        general(node)
        // In the order in which they ended: scopes that are completed.
        node.isArray() ? node.collect { JSON.writeValueAsString(it) }.sort().toString() : JSON.writeValueAsString(node)
    }

    private static void general(JsonNode node) {
        if (node instanceof ObjectNode) node.remove(OF_ONE_RUN)
        node.forEach { JsonNode it -> general(it) }
    }
}
