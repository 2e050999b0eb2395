package edu.wfu.wfumig.support

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.ObjectMapper
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature
import com.fasterxml.jackson.databind.json.JsonMapper
import com.fasterxml.jackson.databind.node.ObjectNode
import com.github.luben.zstd.ZstdInputStream
import edu.wfu.wfumig.Digest
import groovy.transform.CompileStatic
import java.nio.file.Files
import java.nio.file.Path

/**
 * All that a run leaves behind, as text under names, with whatever may differ between two runs taken out: ids and times.
 * Two runs of a plan on the same data end in equal ones.
 */
@CompileStatic
class RunEnd {
    // Scopes run side by side, so what is first in a file says nothing.
    private static final ObjectMapper JSON = JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build()
    private static final List<String> HOW_LONG = ['run', 'at', 'crc', 'started', 'ended', 'millis', 'attempts', 'next']

    static Map<String, String> of(Wfumig wfumig, TestServer server, String target, String staging) {
        Map<String, String> end = new TreeMap<>()
        server.picture([target, staging]).each { name, value ->
            if (name != "${target}.wfumig_history".toString()) end["database $name".toString()] = value
        }
        kept(server, target).each { schema ->
            server.picture([schema]).each { name, value -> end["database kept${name.substring(schema.length())}".toString()] = value.replace(schema, 'kept') }
        }
        end['history'] = server.rows("SELECT phase, scopes, finished, percent FROM ${target}.wfumig_history WHERE run = '${wfumig.runId()}'").toString()
        def run = wfumig.run()
        // Files of the run's own; logs tell how it went, not how it ended.
        end['ledger folder'] = Bytes.filesBelow(run).findAll { !it.startsWith('logs/') }.toString()
        end['work folder'] = Files.exists(run.resolve('work')).toString()
        end['ledger completed.json'] = JSON.readValue(run.resolve('completed.json').toFile(), List).sort().toString()
        ['failed.json', 'state.json', 'report.json'].each { end["ledger $it".toString()] = json(Files.readString(run.resolve(it))) }
        wfumig.call('status', '--json')
        end['status'] = json(wfumig.out)
        end.putAll(archived(wfumig, run))
        end
    }

    /** Schemas in which runs kept old tables of this one. */
    static List<String> kept(TestServer server, String target) {
        server.rows("SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE '${target.replace('_', '\\_')}\\_wfumig\\_kept%'")*.get(0)
    }

    private static Map<String, String> archived(Wfumig wfumig, Path run) {
        def archive = wfumig.home.resolve('archive')
        Map<String, String> files = [:]
        Bytes.filesBelow(archive).each { path ->
            def name = 'archive ' + path.substring(path.indexOf(wfumig.runId()) + wfumig.runId().length() + 1)
            def file = archive.resolve(path)
            if (name.endsWith('.sql.zst')) {
                def sql = new ZstdInputStream(Files.newInputStream(file)).withCloseable { it.readAllBytes() }
                files[name] = "${sql.length} bytes of SQL, ${Digest.of(sql)}".toString()
            } else if (name.endsWith('manifest.json')) {
                files[name] = Files.readString(file)
            } else {
                // The run's own papers: the archive has what the ledger has.
                files[name] = Files.mismatch(file, run.resolve(path.substring(path.lastIndexOf('/') + 1))) == -1 ? 'as in the ledger' : 'not as in the ledger'
            }
        }
        files
    }

    private static String json(String text) {
        def node = JSON.readTree(text)
        withoutTimes(node)
        JSON.writeValueAsString(node)
    }

    private static void withoutTimes(JsonNode node) {
        if (node instanceof ObjectNode) node.remove(HOW_LONG)
        node.forEach { JsonNode it -> withoutTimes(it) }
    }
}
