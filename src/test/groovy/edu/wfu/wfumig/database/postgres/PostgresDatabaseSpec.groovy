package edu.wfu.wfumig.database.postgres

import edu.wfu.wfumig.Refusal
import edu.wfu.wfumig.database.Encryption
import edu.wfu.wfumig.database.Catalogue.Part
import edu.wfu.wfumig.database.Definition
import edu.wfu.wfumig.database.SchemaEditor
import edu.wfu.wfumig.support.TestPostgres
import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit
import spock.lang.Shared
import spock.lang.Specification
import spock.util.concurrent.PollingConditions

class PostgresDatabaseSpec extends Specification {
    @Shared TestPostgres server = TestPostgres.older()

    def setupSpec() {
        server.create('doors')
        server.sql("""DROP ROLE IF EXISTS reader; DROP ROLE IF EXISTS "odd role"; CREATE ROLE reader LOGIN PASSWORD 'r'; CREATE ROLE "odd role" """)
        server.sql('''
            REVOKE ALL ON SCHEMA public FROM PUBLIC; REVOKE ALL ON DATABASE doors FROM PUBLIC; GRANT CONNECT ON DATABASE doors TO reader;
            CREATE TABLE a (id serial); CREATE TABLE "B b" (id int); ALTER TABLE "B b" OWNER TO "odd role"''', 'doors')
    }

    def cleanupSpec() {
        server.drop('doors')
        server.sql('DROP ROLE reader; DROP ROLE "odd role"')
    }

    def 'values come and go as they are, and names mean what is written'() {
        expect:
        new PostgresConnections(new PostgresAddress(server.host(), server.port(), 'doors', 'wfumig', Encryption.NONE), server.password()).open().withCloseable { connection ->
            ['search_path', 'DateStyle', 'IntervalStyle', 'extra_float_digits', 'TimeZone', 'bytea_output', 'client_encoding', 'row_security', 'application_name']
                    .collect { name -> connection.createStatement().executeQuery("SHOW $name").with { it.next(); it.getString(1) } }
        } == ['', 'ISO, MDY', 'iso_8601', '3', 'UTC', 'hex', 'UTF8', 'off', 'wfumig']
    }

    def 'a connection that cannot be had says why: #found'() {
        when:
        new PostgresDatabase(new PostgresAddress(server.host(), port ?: server.port(), database, user, Encryption.NONE), password ?: server.password()).catalogue()

        then:
        def refusal = thrown(Refusal)
        refusal.kind() == kind
        refusal.message.contains(found)
        refusal.message.contains('nothing was written')
        !refusal.message.contains(server.password())

        where:
        database | user     | password | port || kind                 | found
        'doors'  | 'wfumig' | 'wrong'  | null || Refusal.Kind.FAILED  | "refuses user 'wfumig'"
        'doors'  | 'nobody' | 'wrong'  | null || Refusal.Kind.FAILED  | "refuses user 'nobody'"
        'none'   | 'wfumig' | null     | null || Refusal.Kind.FAILED  | 'database "none" does not exist'
        'doors'  | 'wfumig' | null     | 1    || Refusal.Kind.PASSING | 'no PostgreSQL server answers at 127.0.0.1:1'
    }

    def 'a thread that waits for the server comes back when it is released, and the server stops'() {
        given:
        def database = server.database('doors')
        def thread = new CompletableFuture<Thread>()
        def said = CompletableFuture.supplyAsync {
            thread.complete(Thread.currentThread())
            try {
                database.catalogue().withCloseable { it.rows('SELECT pg_sleep(100)') }
                'nothing'
            } catch (Refusal refusal) {
                refusal.kind().toString()
            }
        }
        new PollingConditions(timeout: 5).eventually { assert sleeping() == '1' }

        when:
        database.release(thread.get())

        then:
        said.get(5, TimeUnit.SECONDS) == 'PASSING'
        new PollingConditions(timeout: 5).eventually { assert sleeping() == '0' }
    }

    private String sleeping() {
        server.value("SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(100)' AND state = 'active'")
    }

    def 'a server tells which it is, to every account'() {
        given:
        def facts = ['wfumig', 'reader'].collect { user ->
            server.database('doors', user, user == 'reader' ? 'r' : server.password()).catalogue().withCloseable { it.facts() }
        }

        expect:
        facts*.toString().toSet() == ["PostgreSQL ${server.value('SHOW server_version')}".toString()] as Set
        facts*.identity().toSet() == ["${server.value('SELECT system_identifier FROM pg_control_system()')}/doors".toString()] as Set
        facts*.createsSchemas() == [true, false]
    }

    def 'what an account lacks is told as what to type, and typing it is enough'() {
        given:
        def catalogue = server.database('doors', 'reader', 'r').catalogue()

        expect:
        catalogue.missingGrants('public', Part.READ) == [
                'GRANT USAGE ON SCHEMA public TO reader', 'GRANT SELECT ON TABLE public."B b" TO reader',
                'GRANT SELECT ON TABLE public.a TO reader', 'GRANT SELECT ON SEQUENCE public.a_id_seq TO reader']
        catalogue.missingGrants('public', Part.REPLACE) == [
                'GRANT CREATE ON DATABASE doors TO reader', 'GRANT USAGE, CREATE ON SCHEMA public TO reader',
                'GRANT "odd role" TO reader', 'GRANT wfumig TO reader']

        when:
        catalogue.missingGrants('public', Part.READ).each { server.sql(it, 'doors') }

        then:
        catalogue.missingGrants('public', Part.READ) == []
        server.rows('SELECT count(*) FROM a', 'doors') == [['0']]

        when: 'a policy would hide rows'
        server.sql('ALTER TABLE a ENABLE ROW LEVEL SECURITY', 'doors')

        then:
        catalogue.missingGrants('public', Part.READ) == ['ALTER ROLE reader BYPASSRLS']

        when: 'rights come by a role'
        catalogue.missingGrants('public', Part.REPLACE).each { server.sql(it, 'doors') }

        then:
        catalogue.missingGrants('public', Part.REPLACE) == []

        cleanup:
        catalogue?.close()
        server.sql('ALTER TABLE a DISABLE ROW LEVEL SECURITY', 'doors')
    }

    def 'a gauge counts what others do, and not what is asked here'() {
        given:
        def database = server.database('doors')
        def gauge = database.gauge(true)
        def other = server.connect('doors')
        def busy = CompletableFuture.runAsync { other.createStatement().withCloseable { it.execute("SELECT pg_sleep(20)") } }

        expect:
        new PollingConditions(timeout: 5).eventually { assert gauge.read().threadsRunning() == 1 }
        !gauge.read().replica()
        gauge.missingGrants() == []

        cleanup:
        other?.abort { it.run() }
        server.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(20)'")
        gauge?.close()
    }

    def 'an editor makes schemas, tables and views, all of it or nothing, and doing it twice is as good as once'() {
        given:
        def editor = server.database('doors').editor()
        def view = new Definition('v', 't', 'CREATE MATERIALIZED VIEW v AS SELECT * FROM "T t"', '', '')

        when:
        2.times {
            editor.createSchema('kept')
            editor.dropTables('kept', [])
            editor.drop('kept', SchemaEditor.Kind.VIEW, 'v')
            editor.dropTables('kept', ['T t'])
            editor.createTable('kept', 'CREATE TABLE "T t" (id int)')
            2.times { editor.create('kept', SchemaEditor.Kind.VIEW, view) }
            editor.dropEmptySchema('kept')
        }

        then:
        server.rows("SELECT relname, relkind FROM pg_class WHERE relnamespace = 'kept'::regnamespace ORDER BY 1", 'doors') == [['T t', 'r'], ['v', 'm']]

        when: 'one of two tables cannot move'
        def moves = ['T t', 'none'].collect { new SchemaEditor.Move(new SchemaEditor.TableName('kept', it), new SchemaEditor.TableName('public', it + '2')) }
        editor.rename(moves)

        then:
        thrown(Refusal)
        server.value("SELECT 'kept.\"T t\"'::regclass", 'doors') != null

        when:
        editor.rename(moves.take(1))

        then:
        server.value("SELECT 'public.\"T t2\"'::regclass", 'doors') != null

        when:
        editor.drop('kept', SchemaEditor.Kind.VIEW, 'v')
        2.times { editor.dropEmptySchema('kept') }

        then:
        !server.database('doors').catalogue().withCloseable { it.hasSchema('kept') }

        cleanup:
        editor?.close()
        server.sql('DROP TABLE IF EXISTS "T t2" CASCADE', 'doors')
    }
}
