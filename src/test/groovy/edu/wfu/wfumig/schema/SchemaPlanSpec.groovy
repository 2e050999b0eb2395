package edu.wfu.wfumig.schema

import edu.wfu.wfumig.support.TestServer
import edu.wfu.wfumig.support.Victim
import edu.wfu.wfumig.support.Wfumig
import java.nio.file.Files
import spock.lang.Shared
import spock.lang.Specification

/** Versioned SQL as steps of a run: for each site that moves, and with the history of the tables that come. */
class SchemaPlanSpec extends Specification {
    @Shared TestServer server = TestServer.embedded()
    Wfumig wfumig = new Wfumig()

    def setupSpec() {
        server.load('steps_dev', 'dev')
        server.load('steps_uat', 'uat')
    }

    def setup() {
        def folder = Files.createDirectories(wfumig.home.resolve('talks'))
        Files.writeString(folder.resolve('version.json'), '''{
            "001": {"version": "1", "name": "talks", "file": "001_talks.sql", "rollback": "001_talks.down.sql"},
            "002": {"version": "2", "name": "rating", "file": "002_rating.sql", "dependencies": ["001"], "rollback": "002_rating.down.sql"}}''')
        Files.writeString(folder.resolve('001_talks.sql'), 'CREATE TABLE {prefix}talks (id INT PRIMARY KEY, title VARCHAR(40)) {charset_collate};')
        Files.writeString(folder.resolve('001_talks.down.sql'), 'DROP TABLE IF EXISTS {prefix}talks;')
        Files.writeString(folder.resolve('002_rating.sql'), 'ALTER TABLE {prefix}talks ADD COLUMN rating INT NOT NULL DEFAULT 5;')
        Files.writeString(folder.resolve('002_rating.down.sql'), 'ALTER TABLE {prefix}talks DROP COLUMN rating;')
        ['steps_dev', 'steps_uat'].each { schema ->
            server.rows("SELECT table_name FROM information_schema.tables WHERE table_schema = '$schema' AND (table_name LIKE '%talks' OR table_name LIKE 'wfumig%')")
                    .each { server.sql("DROP TABLE $schema.${it[0]}") }
        }
    }

    def cleanupSpec() { server.drop('steps_dev', 'steps_uat', 'steps_staging') }

    private String plan(String schema, String sites = '3, 5') {
        wfumig.plan("""
            migration('with-schema') {
              ${wfumig.ends(server, 'steps_dev', server, 'steps_uat')}
              staging { schema 'steps_staging' }
              sites { sites $sites }
              $schema
            }""").toString()
    }

    private int schema(String verb, String environment, String... more) {
        wfumig.call(*(['schema', verb, '--plan', plan(''), '--env', environment] + more.toList() + [wfumig.home.resolve('talks').toString()]))
    }

    private List<String> states(String schema, String prefix) {
        server.rows("SELECT id, state FROM ${schema}.wfumig_schema_history WHERE prefix = '$prefix' ORDER BY id").collect { it.join(' ') }
    }

    def 'tables come with their history, are migrated from there, and go back with the one they had'() {
        given: 'the source is a version behind for one site, and knows nothing of the other'
        assert schema('migrate', 'dev', '--sites', '3', '--to', '001') == 0
        server.sql("INSERT INTO steps_dev.wp_3_talks VALUES (7, 'from dev')")
        assert schema('migrate', 'uat', '--sites', '3') == 0
        server.sql("INSERT INTO steps_uat.wp_3_talks VALUES (8, 'of uat', 1)")

        when: 'a rehearsal runs none'
        int code = wfumig.call('rehearse', plan("schema { migrations 'talks'; before(); after() }"))

        then:
        code == 0
        server.rows("SELECT count(*) FROM steps_uat.wfumig_schema_history WHERE prefix = 'wp_5_'") == [['0']]

        when:
        code = wfumig.call('run', plan("schema { migrations 'talks'; before(); after() }"), '--yes')

        then:
        code == 0
        wfumig.out.contains('Versioned SQL for the target')
        wfumig.out.contains('versioned SQL before what moves: 2 migrations applied')
        wfumig.out.contains('versioned SQL behind what moves: 1 migration applied')
        server.rows('SELECT * FROM steps_uat.wp_3_talks') == [['7', 'from dev', '5']]
        server.rows('SELECT * FROM steps_uat.wp_5_talks') == []
        states('steps_uat', 'wp_3_') == ['001 applied', '002 applied']
        states('steps_uat', 'wp_5_') == ['001 applied', '002 applied']
        schema('verify', 'uat', '--sites', '3,5') == 0

        when:
        code = wfumig.call('rollback', wfumig.runs().last(), '--discard-writes')

        then:
        code == 0
        server.rows('SELECT * FROM steps_uat.wp_3_talks') == [['8', 'of uat', '1']]
        states('steps_uat', 'wp_3_') == ['001 applied', '002 applied']
        schema('verify', 'uat', '--sites', '3,5') == 0
        schema('status', 'uat', '--all-sites') == 0
        wfumig.out.contains('talks in steps_uat (wp_3_)')
    }

    def 'one site goes back with its own history alone, the whole with the first site'() {
        given:
        assert schema('migrate', 'dev', '--sites', '1,3', '--to', '001') == 0
        assert schema('migrate', 'uat', '--sites', '1,3') == 0
        server.sql("UPDATE steps_uat.wfumig_schema_history SET applied_by = 'of uat'")
        def own = { server.rows("SELECT DISTINCT prefix FROM steps_uat.wfumig_schema_history WHERE applied_by = 'of uat' AND prefix IN ('wp_', 'wp_3_') ORDER BY prefix")*.get(0) }

        expect:
        wfumig.call('run', plan("schema { migrations 'talks'; after() }", '1, 3'), '--yes') == 0
        own() == []
        wfumig.call('rollback', wfumig.runs().last(), '--sites', '3', '--discard-writes') == 0
        own() == ['wp_3_']
        wfumig.call('rollback', wfumig.runs().last(), '--discard-writes') == 0
        own() == ['wp_', 'wp_3_']
    }

    def 'what fails behind the sites leaves them done, and a resume goes on there'() {
        given:
        def file = wfumig.home.resolve('talks/002_rating.sql')
        def right = Files.readString(file)
        Files.writeString(file, 'ALTER TABLE {prefix}talks ADD COLUMN rating NOTHING;')

        expect:
        wfumig.call('run', plan("schema { migrations 'talks'; after() }"), '--yes') == 3
        wfumig.out.contains('versioned SQL behind what moves: ')
        wfumig.out.contains('002_rating.sql:1: statement 1 of 1, ALTER TABLE wp_3_talks ADD COLUMN rating NOTHING')

        when:
        Files.writeString(file, right)

        then:
        wfumig.call('resume', wfumig.runs().last()) == 0
        states('steps_uat', 'wp_3_') == ['001 applied', '002 applied']
    }

    def 'the history that comes is that of the moment in which the tables were read, whatever is applied to the source afterwards'() {
        given: 'the run stands still behind its sites'
        assert schema('migrate', 'dev', '--sites', '3', '--to', '001') == 0
        server.sql("INSERT INTO steps_dev.wp_3_talks VALUES (7, 'from dev')")
        def file = wfumig.home.resolve('talks/002_rating.sql')
        def right = Files.readString(file)
        Files.writeString(file, 'ALTER TABLE {prefix}talks ADD COLUMN rating NOTHING;')
        assert wfumig.call('run', plan("schema { migrations 'talks'; after() }"), '--yes') == 3
        def waiting = wfumig.run().resolve('histories')
        assert waiting.toFile().list().sort() == ['site-3.json', 'site-5.json']

        when: 'meanwhile somebody brings the source further'
        Files.writeString(file, right)
        assert schema('migrate', 'dev', '--sites', '3') == 0
        int code = wfumig.call('resume', wfumig.runs().last())

        then: 'the target gets what its tables lack'
        code == 0
        server.rows('SELECT * FROM steps_uat.wp_3_talks') == [['7', 'from dev', '5']]
        states('steps_uat', 'wp_3_') == ['001 applied', '002 applied']
        schema('verify', 'uat', '--sites', '3,5') == 0
        !Files.exists(waiting)
    }

    def 'a site that went back before the migrations behind it came keeps its own tables and history'() {
        given:
        assert schema('migrate', 'dev', '--sites', '3', '--to', '001') == 0
        assert schema('migrate', 'uat', '--sites', '3') == 0
        server.sql("INSERT INTO steps_uat.wp_3_talks VALUES (8, 'of uat', 1)")
        def file = wfumig.home.resolve('talks/002_rating.sql')
        def right = Files.readString(file)
        Files.writeString(file, 'ALTER TABLE {prefix}talks ADD COLUMN rating NOTHING;')
        assert wfumig.call('run', plan("schema { migrations 'talks'; after() }"), '--yes') == 3
        Files.writeString(file, right)

        expect:
        wfumig.call('rollback', wfumig.runs().last(), '--sites', '3', '--discard-writes') == 0
        wfumig.call('resume', wfumig.runs().last()) in [0, 3]
        server.rows('SELECT * FROM steps_uat.wp_3_talks') == [['8', 'of uat', '1']]
        states('steps_uat', 'wp_3_') == ['001 applied', '002 applied']
        schema('verify', 'uat', '--sites', '3') == 0
    }

    def 'a dump that was cut short is begun anew when the source was migrated since'() {
        given: 'a table of several chunks, and a run that dies behind the first ones'
        assert schema('migrate', 'dev', '--sites', '3', '--to', '001') == 0
        server.sql("INSERT INTO steps_dev.wp_3_talks SELECT seq, RPAD(seq, 40, ' x') FROM steps_dev.seq_1_to_300000")
        def plan = plan("schema { migrations 'talks'; after() }", '3')
        def victim = new Victim(wfumig, ['run', plan, '--yes'], [deed: 'kill', when: 'after', event: 6])
        assert victim.end() == Victim.KILLED
        def chunks = { Files.readAllLines(wfumig.run().resolve('journal.jsonl')).count { it.contains('"event":"chunks-done"') && it.contains('site-3/export') } }
        assert chunks() > 0

        when:
        assert schema('migrate', 'dev', '--sites', '3') == 0
        int code = wfumig.call('resume', wfumig.run().fileName.toString())

        then:
        code == 0
        Files.readString(wfumig.run().resolve('logs/site-3.log')).contains('versioned SQL was applied to the source meanwhile: all tables are read anew')
        server.rows('SELECT count(*), sum(rating) FROM steps_uat.wp_3_talks') == [['300000', '1500000']]
        states('steps_uat', 'wp_3_') == ['001 applied', '002 applied']
        schema('verify', 'uat', '--sites', '3') == 0
    }

    def 'a folder that is not in order is refused before anything is written'() {
        given:
        Files.delete(wfumig.home.resolve('talks/002_rating.down.sql'))

        expect:
        wfumig.call('plan', plan("schema { migrations 'talks'; before() }")) == 2
        wfumig.err.contains("'rollback' of 002: there is no 002_rating.down.sql")
        wfumig.call('run', plan("schema { migrations 'talks'; before() }"), '--yes') == 2
        server.rows("SHOW TABLES FROM steps_uat LIKE 'wfumig%'").isEmpty()
    }
}
