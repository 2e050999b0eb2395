package edu.wfu.wfumig.support

import groovy.transform.CompileStatic
import java.nio.charset.StandardCharsets
import java.nio.file.Files
import java.nio.file.Path
import java.util.zip.GZIPInputStream

/**
 * One of the fixture's networks, {@code dev} or {@code uat}, for specs that want it anew in each feature.
 *
 * <ol>
 *   <li>A schema that is not there is filled from the dump. What it looks like then is remembered: it is the same in every schema.
 *   <li>One that is there is held against that. Tables that are not as they were, or too many, are dropped, and made anew by
 *       their part of the dump: a second less than 190 tables.
 *   <li>Where a view or a trigger is concerned, all of it is filled from the dump.
 * </ol>
 */
@CompileStatic
class FixtureNetwork {
    private static final Map<String, FixtureNetwork> NETWORKS = [:]

    final Path file
    private final String head
    private final Map<String, String> tables = [:]
    private Map<String, String> pristine

    private FixtureNetwork(Path file) {
        this.file = file
        def text = new GZIPInputStream(Files.newInputStream(file)).withCloseable { new String(it.readAllBytes(), StandardCharsets.UTF_8) }
        def parts = text.split(/(?m)^(?=DROP TABLE IF EXISTS `)/).toList()
        head = parts[0]
        parts.drop(1).each { String part ->
            def end = part.indexOf('UNLOCK TABLES;')
            if (end > 0) tables[part.substring(part.indexOf('`') + 1, part.indexOf('`;'))] = part.substring(0, end) + 'UNLOCK TABLES;\n'
        }
    }

    static synchronized FixtureNetwork of(String name) {
        NETWORKS.computeIfAbsent(name) { new FixtureNetwork(Path.of("src/test/resources/wordpress/${name}.sql.gz")) }
    }

    /**
     * Fills a schema.
     *
     * @param run runs statements in it with the server's own client
     */
    void fill(TestServer server, String schema, Closure<?> run) {
        def now = look(server, schema)
        if (pristine != null && !now.isEmpty()) {
            def changed = (now.keySet() + pristine.keySet()).findAll { now[it] != pristine[it] }
            if (changed.every { isTable(it, now) && isTable(it, pristine) }) {
                if (changed) run(head + changed.collect { "DROP TABLE IF EXISTS `$it`;\n${tables[it] ?: ''}" }.join(''))
                return
            }
        }
        server.loadFile(schema, file)
        if (pristine == null) pristine = look(server, schema)
    }

    /** Of a view the definition names the schema; names of what is no table begin with a space. */
    private static Map<String, String> look(TestServer server, String schema) {
        def others = server.rows("""SELECT routine_name FROM information_schema.routines WHERE routine_schema = '$schema'
            UNION ALL SELECT event_name FROM information_schema.events WHERE event_schema = '$schema'
            UNION ALL SELECT default_collation_name FROM information_schema.schemata WHERE schema_name = '$schema'""")
        if (!others) return [:]
        [' others': others.toString()] + server.picture([schema]).collectEntries { [it.key.replaceFirst(/^$schema\.?/, ''), it.value.replace("`$schema`.", '')] }
    }

    private boolean isTable(String name, Map<String, String> picture) {
        def text = picture[name]
        text == null ? !name.startsWith(' ') : text.contains('CREATE TABLE') && !picture.keySet().any { it.contains(' trigger ') && picture[it].contains(", $name, ") }
    }
}
