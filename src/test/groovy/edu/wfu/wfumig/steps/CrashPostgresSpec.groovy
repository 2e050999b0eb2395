package edu.wfu.wfumig.steps

import edu.wfu.wfumig.support.MortalPostgres
import edu.wfu.wfumig.support.RunEnd
import edu.wfu.wfumig.support.TestPostgres
import edu.wfu.wfumig.support.Wfumig
import spock.lang.AutoCleanup
import spock.lang.Shared

/** Crashes of a run of tables from one PostgreSQL to another, of which one table has several chunks. */
class CrashPostgresSpec extends CrashContract<TestPostgres> {
    /** Some 9 MB that do not pack well. */
    static final String LARGE = """
        CREATE TABLE archon_noise (id int PRIMARY KEY, body text);
        INSERT INTO archon_noise SELECT i, (SELECT string_agg(md5(i || '/' || j), '') FROM generate_series(1, 90) j) FROM generate_series(1, 3000) i;"""
    static final String SMALL = "CREATE TABLE archon_noise (id int PRIMARY KEY, body text); INSERT INTO archon_noise VALUES (0, 'old');"

    @Shared TestPostgres source = TestPostgres.older()
    @Shared TestPostgres server = TestPostgres.newer()
    @Shared @AutoCleanup MortalPostgres mortal
    @Shared int resumed

    def setupSpec() {
        assert undisturbed.findAll { it.key.startsWith('database ') }.size() > 20
    }

    def cleanupSpec() {
        source.drop('crash_local')
        server.drop('crash_remote')
    }

    @Override
    TestPostgres server() { server }

    @Override
    TestPostgres mortal() { mortal = mortal ?: new MortalPostgres('mortal-postgres', server.major) }

    @Override
    Map<String, List> sample() {
        [every: [200], moments: [1], rolledBack: [['after', 12]], served: [9], unwritten: [[14, 40]]]
    }

    /** In the same snapshot as before, or behind the last chunk: nobody writes at the source meanwhile. */
    @Override
    protected List<String> resume() { resumed++ % 2 ? ['resume', '--not-consistent'] : ['resume'] }

    @Override
    void load(TestPostgres server) {
        server.sql("DO \$\$ BEGIN CREATE ROLE sync_reader; EXCEPTION WHEN duplicate_object THEN NULL; END \$\$")
        if (source.rows("SELECT 1 FROM pg_database WHERE datname = 'crash_local'").isEmpty()) {
            source.create('crash_local')
            source.sql(PostgresRunSpec.TABLES + PostgresRunSpec.ROWS + LARGE, 'crash_local')
        }
        server.create('crash_remote')
        server.sql(PostgresRunSpec.TABLES + PostgresRunSpec.HANGING + SMALL, 'crash_remote')
        // Or a server that was killed would find its sequences further on: it notes them 32 values ahead.
        server.sql('CHECKPOINT')
    }

    @Override
    String plan(TestPostgres server) {
        wfumig.environment['WFUMIG_SECRET_LOCAL'] = source.password()
        wfumig.environment['WFUMIG_SECRET_REMOTE'] = server.password()
        wfumig.plan("""
            migration('crash') {
              environment('local') { postgres { host '${source.host()}'; port ${source.port()}; database 'crash_local'; user '${source.user()}'; password secret('local') } }
              environment('remote') { postgres { host '${server.host()}'; port ${server.port()}; database 'crash_remote'; user '${server.user()}'; password secret('remote') } }
              from 'local'
              to   'remote'
              tables { include 'archon*' }
              rewrite { replace 'dev.wfu.test', with: 'uat.wfu.test' }
              parallel { chunks 2 }
              backup { dump() }
              verify { rowCounts(); digests(); foreignKeys() }
              archive { directory '${wfumig.home.resolve('archive')}' }
            }""").toString()
    }

    /** Rows, definitions and what hangs on them. */
    private static Map<String, String> picture(TestPostgres server, String schema) {
        Map<String, String> picture = [:]
        def place = "(SELECT oid FROM pg_namespace WHERE nspname = '$schema')"
        server.rows("SELECT format('%I.%I', schemaname, tablename), tablename FROM pg_tables WHERE schemaname = '$schema' AND tablename NOT IN ('wfumig_history', 'wfumig_mark')", 'crash_remote').each { name, table ->
            picture["rows of $table".toString()] = server.value("SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, E'\\n' ORDER BY t::text)), '') FROM $name AS t", 'crash_remote')
        }
        server.rows(PostgresRunSpec.CATALOGUE.replace("'public'::regnamespace", place).replace("schemaname = 'public'", "schemaname = '$schema'"), 'crash_remote')
                .each { picture["${it[0]} ${it[1]}".toString()] = String.valueOf(it[2]) }
        server.rows("SELECT viewname, definition, viewowner FROM pg_views WHERE schemaname = '$schema'", 'crash_remote').each { picture["view ${it[0]}".toString()] = it.toString() }
        server.rows("SELECT relname, relacl::text FROM pg_class WHERE relacl IS NOT NULL AND relname NOT LIKE 'wfumig%' AND relnamespace = $place", 'crash_remote').each { picture["rights on ${it[0]}".toString()] = it[1] }
        picture
    }

    /** The schemas of wfumig's own. */
    private static List<String> schemas(TestPostgres server, String name) {
        server.rows("SELECT nspname FROM pg_namespace WHERE nspname LIKE '$name'", 'crash_remote')*.get(0)
    }

    @Override
    Map<String, String> target(TestPostgres server) { picture(server, 'public') }

    @Override
    Map<String, String> kept(TestPostgres server) {
        schemas(server, 'public_wfumig_kept%').collectEntries { schema ->
            picture(server, schema).collectEntries { name, value -> [name.replace(schema, 'kept'), value.replace(schema, 'kept')] }
        } as Map<String, String>
    }

    @Override
    Map<String, String> end(TestPostgres server) {
        Map<String, String> end = new TreeMap<>()
        target(server).each { name, value -> end["database $name".toString()] = value }
        kept(server).each { name, value -> end["database kept $name".toString()] = value }
        schemas(server, 'wfumig_staging%').each { picture(server, it).each { name, value -> end["database staging $name".toString()] = value } }
        end['history'] = server.rows("SELECT direction, status, scopes, finished, percent FROM wfumig_history WHERE run = '${wfumig.runId()}' AND phase = ''", 'crash_remote').toString()
        end.putAll(RunEnd.papers(wfumig))
        end
    }
}
