package edu.wfu.wfumig.support

import com.fasterxml.jackson.databind.ObjectMapper
import edu.wfu.wfumig.database.Database
import groovy.transform.CompileStatic
import java.nio.file.Files
import java.nio.file.Path
import java.sql.SQLException

/** A database of one product, a plan that names it, and a folder of migrations for it. */
@CompileStatic
class SchemaHouse {
    final boolean postgres
    final String schema
    final Wfumig wfumig = new Wfumig()
    final Path folder = Files.createDirectories(wfumig.home.resolve('schema'))
    private final TestServer server
    private final TestPostgres pg
    private final Map<String, Map<String, Object>> described = new LinkedHashMap<>()
    private Path plan

    SchemaHouse(TestServer server, String schema) {
        this.server = server
        this.pg = null
        this.schema = schema
        postgres = false
        fresh()
        wfumig.environment['WFUMIG_SECRET_HERE'] = server.password()
        describe('')
    }

    SchemaHouse(TestPostgres pg, String database) {
        this.server = null
        this.pg = pg
        this.schema = 'public'
        postgres = true
        place = database
        fresh()
        wfumig.environment['WFUMIG_SECRET_HERE'] = pg.password()
        describe('')
    }

    /** Databases that are there: one costs more than a schema. */
    private static final Set<String> MADE = [] as Set<String>

    /** The database on PostgreSQL. */
    private String place

    /** Writes the plan; {@code protect} stands in the environment's block. */
    SchemaHouse describe(String protect, String more = '') {
        def connection = postgres
                ? "postgres { host '${pg.host()}'; port ${pg.port()}; database '$place'; user '${pg.user()}'; password secret('here') }"
                : "mysql { host '${server.host()}'; port ${server.port()}; schema '$schema'; user '${server.user()}'; password secret('here') }"
        def other = connection.replaceFirst("(schema|database) '\\w+'", "\$1 'elsewhere'")
        plan = wfumig.plan("""
            migration('schema') {
              environment('away') { $other }
              environment('here') { $connection; $protect }
              from 'away'
              to 'here'
              tables { include '*' }
              $more
            }""")
        this
    }

    void fresh() {
        if (postgres && MADE.add("$pg.major $place".toString())) pg.create(place)
        else if (postgres) pg.sql('DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public', place)
        else server.sql("DROP DATABASE IF EXISTS `$schema`; CREATE DATABASE `$schema` CHARACTER SET utf8mb4")
    }

    void drop() {
        if (!postgres) server.drop(schema)
    }

    Database database() { postgres ? (Database) pg.database(place) : server.database() }

    void sql(String statements) { if (postgres) pg.sql(statements, place) else server.sql(statements, schema) }

    List<List<String>> rows(String query) { postgres ? pg.rows(query, place) : server.rows(query, schema) }

    /** Writes a migration; a map with {@code down}, {@code needs}, {@code backup} as far as wanted. */
    SchemaHouse migration(Map<String, Object> more = [:], String id, String name, String up) {
        Files.writeString(folder.resolve("${id}_${name}.sql"), up)
        Map<String, Object> entry = [version: '1', name: name, file: "${id}_${name}.sql".toString(), dependencies: more.needs ?: []] as Map<String, Object>
        if (more.down != null) {
            Files.writeString(folder.resolve("${id}_${name}.down.sql"), more.down.toString())
            entry.rollback = "${id}_${name}.down.sql".toString()
        }
        if (more.backup) entry.backup = true
        described[id] = entry
        Files.writeString(folder.resolve('version.json'), new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(described))
        this
    }

    void forget(String id) {
        def entry = described.remove(id)
        ['file', 'rollback'].findAll { entry[it] }.each { Files.delete(folder.resolve(entry[it].toString())) }
        Files.writeString(folder.resolve('version.json'), new ObjectMapper().writeValueAsString(described))
    }

    /** The words of {@code wfumig schema VERB …} for this folder and database. */
    List<String> words(String verb, String... more) {
        def prefixed = postgres || more.any { it in ['--prefix', '--sites', '--all-sites'] }
        ['schema', verb] + more.toList() + ['--plan', plan.toString()] + (prefixed ? [] as List<String> : ['--prefix', '']) + [folder.toString()]
    }

    /** The same for another folder. */
    List<String> wordsFor(Path other, String verb, String... more) {
        def all = words(verb, more)
        all[-1] = other.toString()
        all
    }

    int callFor(Path other, String verb, String... more) { wfumig.call(wordsFor(other, verb, more) as String[]) }

    /** Runs it; returns its exit code. */
    int call(String verb, String... more) { wfumig.call(words(verb, more) as String[]) }

    String getOut() { wfumig.out }

    String getErr() { wfumig.err }

    List<String> states(String prefix = '') { rows("SELECT id, state FROM wfumig_schema_history WHERE prefix = '$prefix' ORDER BY id").collect { it.join(' ') } }

    /** Names of tables and views, without wfumig's own. */
    List<String> tables() {
        def where = postgres ? "table_schema = 'public'" : "table_schema = '$schema'"
        rows("SELECT table_name FROM information_schema.tables WHERE $where AND table_name NOT LIKE 'wfumig%' ORDER BY table_name")*.get(0)
    }

    /** Does work while the server lets nobody write definitions, nor, as far as they can be locked, rows. */
    void halted(Closure work) {
        if (!postgres) {
            server.connect(schema).withCloseable { connection ->
                connection.createStatement().withCloseable { it.execute('FLUSH TABLES WITH READ LOCK') }
                work()
            }
            return
        }
        def own = rows("SELECT quote_ident(relname) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname NOT LIKE 'wfumig%'")*.get(0)
        pg.connect(place).withCloseable { connection ->
            connection.autoCommit = false
            connection.createStatement().withCloseable { statement ->
                statement.execute('LOCK TABLE pg_class, pg_attribute, pg_proc, pg_trigger, pg_index IN SHARE MODE')
                own.each { table ->
                    // One that the victim's own transaction has changed is not to be had, and needs no lock.
                    def before = connection.setSavepoint()
                    try {
                        statement.execute("LOCK TABLE $table IN SHARE MODE NOWAIT")
                    } catch (SQLException ignored) {
                        connection.rollback(before)
                    }
                }
            }
            work()
        }
    }

    /** Whether a statement waits that is none of wfumig's own. */
    boolean somebodyWaits() {
        rows(postgres ? "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query NOT LIKE '%wfumig%'"
                : "SELECT 1 FROM information_schema.processlist WHERE state LIKE 'Waiting for%' AND command = 'Query' AND info NOT LIKE '%wfumig%'")
    }

    /** Schemas of wfumig's own that were left behind. */
    List<List<String>> scratches() { rows("SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE '${schema.replace('_', '\\_')}\\_wfumig%'") }
}
