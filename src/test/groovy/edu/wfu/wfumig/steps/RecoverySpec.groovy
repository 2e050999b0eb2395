package edu.wfu.wfumig.steps

import edu.wfu.wfumig.lock.Owner
import edu.wfu.wfumig.lock.TargetLock
import edu.wfu.wfumig.support.TestServer
import edu.wfu.wfumig.support.Wfumig
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Shared
import spock.lang.Specification

/** Sites that fail, and the way on and back. What kills do, CrashSpec and RollbackSpec show. */
class RecoverySpec extends Specification {
    @Shared TestServer server = TestServer.embedded()
    Wfumig wfumig = new Wfumig()

    def setup() {
        server.drop('rec_staging')
        server.load('rec_dev', 'dev')
        server.load('rec_uat', 'uat')
    }

    def cleanupSpec() {
        server.drop('rec_dev', 'rec_uat', 'rec_staging', 'rec_uat_wfumig_kept')
    }

    private String plan(String sites, String more = "staging { schema 'rec_staging' }") {
        wfumig.plan("""
            migration('recover') {
              ${wfumig.ends(server, 'rec_dev', server, 'rec_uat')}
              $more
              sites { $sites }
              backup { dump() }
            }""").toString()
    }

    private List<String> staged() {
        server.rows("SELECT table_name FROM information_schema.tables WHERE table_schema = 'rec_staging' AND table_name <> 'wfumig_staged'")*.get(0)
    }

    private Map<String, String> target() {
        server.picture(['rec_uat']).findAll { !it.key.startsWith('rec_uat.wfumig_') }
    }

    def 'a site that fails leaves staging clean, its target untouched, and the next ones alone; resume brings it'() {
        given: 'a row that the target cannot take: a text that two rows share under the key, once rewritten'
        server.sql("CREATE TABLE rec_dev.wp_22_clash (u VARCHAR(50) PRIMARY KEY); INSERT INTO rec_dev.wp_22_clash VALUES ('dev.wfu.test'), ('uat.wfu.test')")
        def before = target()

        when:
        def code = wfumig.call('run', plan('sites 5, 22, 43'), '--yes')

        then:
        code == 3
        wfumig.out.contains('site-22  failed at stage')
        wfumig.out.contains('Duplicate entry')
        wfumig.out.contains("Go on:    wfumig resume ${wfumig.runId()}")
        staged().isEmpty()
        target().findAll { it.key.startsWith('rec_uat.wp_22_') } == before.findAll { it.key.startsWith('rec_uat.wp_22_') }
        server.rows("SELECT option_value FROM rec_uat.wp_43_options WHERE option_name = 'home'") == [['http://uat.wfu.test/store']]
        Files.readString(wfumig.run().resolve('failed.json')).contains('Duplicate entry')

        when: 'the cause is mended where it is: in the dump the row stays, so the table is left out by a new run'
        server.sql('DROP TABLE rec_dev.wp_22_clash')
        code = wfumig.call('run', plan('sites 22'), '--yes')

        then:
        code == 0
    }

    def 'a failure whose cause passes is done again from the dump: the source is not read twice'() {
        given: 'a table in the way of staging'
        server.sql("CREATE DATABASE rec_staging; CREATE TABLE rec_staging.wfumig_staged (name VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin PRIMARY KEY)")
        server.sql("CREATE OR REPLACE TRIGGER rec_staging.no BEFORE INSERT ON rec_staging.wfumig_staged FOR EACH ROW IF NEW.name = 'wp_22_posts' THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not now'; END IF")

        expect:
        wfumig.call('run', plan('sites 5, 22'), '--yes') == 3
        wfumig.out.contains('not now')
        staged().isEmpty()

        when:
        server.sql('DROP TRIGGER rec_staging.no; DROP TABLE rec_dev.wp_22_posts')
        def dry = wfumig.call('resume', '--dry-run')

        then:
        dry == 0
        wfumig.out.contains('skip  site-22/export')
        wfumig.out.contains('do    site-22/stage')
        wfumig.out.contains('skip  site-5/clean')

        when:
        def code = wfumig.call('resume', '--latest')

        then:
        code == 0
        wfumig.out.contains('done and verified, 2 of 2 scopes')
        server.rows('SELECT COUNT(*) FROM rec_uat.wp_22_posts')[0][0].toInteger() > 100
        Files.walk(wfumig.run().resolve('work')).withCloseable { it.filter { Files.isRegularFile(it) }.toList() }*.fileName*.toString().toSet() ==
                ['backup.sql.zst', 'backup.manifest.json'] as Set

        and: 'resuming what is done does nothing'
        wfumig.call('resume') == 0
    }

    def 'a cutover that the server refuses leaves the target as it was, triggers and all'() {
        given: 'a view in the place of a table that is new to the target: RENAME cannot take it'
        server.sql('CREATE TABLE rec_dev.wp_43_fresh (id INT PRIMARY KEY); CREATE VIEW rec_uat.wp_43_fresh AS SELECT 1 AS id')
        def before = target()

        expect:
        wfumig.call('run', plan('sites 43'), '--yes') == 1
        wfumig.out.contains('site-43  failed at cutover')
        target() == before
        staged().isEmpty()

        when: 'the way is free'
        server.sql('DROP VIEW rec_uat.wp_43_fresh')

        then:
        wfumig.call('resume') == 0
        server.rows("SELECT COUNT(*) FROM information_schema.triggers WHERE trigger_schema = 'rec_uat'") == [['2']]
    }

    def 'staged tables that somebody dropped before the cutover are staged again, never taken for swapped'() {
        given: 'a run whose journal ends between its note and the swap, and whose staging is empty'
        server.sql('CREATE TABLE rec_dev.wp_43_fresh (id INT PRIMARY KEY); CREATE VIEW rec_uat.wp_43_fresh AS SELECT 1 AS id')
        wfumig.call('run', plan('sites 43'), '--yes')
        server.sql('DROP VIEW rec_uat.wp_43_fresh')
        def before = target()
        def journal = wfumig.run().resolve('journal.jsonl')
        def lines = Files.readAllLines(journal)
        Files.write(journal, lines.subList(0, lines.findIndexOf { it.contains('"noted"') } + 1))

        expect:
        wfumig.call('staging', 'clean', plan('sites 43')) == 0
        target() == before
        wfumig.call('resume') == 0
        server.rows("SELECT option_value FROM rec_uat.wp_43_options WHERE option_name = 'home'") == [['http://uat.wfu.test/store']]
        wfumig.call('staging', 'clean', plan('sites 43')) == 0
        server.rows("SHOW DATABASES LIKE 'rec_staging'").isEmpty()
        wfumig.call('rollback') == 0
        target() == before
    }

    def 'what another run staged meanwhile is never swapped in: it is proved again, and refused'() {
        given: 'a run that stood before its cutover, and another one that died while it staged the same site'
        server.sql('CREATE TABLE rec_dev.wp_43_fresh (id INT PRIMARY KEY); CREATE VIEW rec_uat.wp_43_fresh AS SELECT 1 AS id')
        wfumig.call('run', plan('sites 43'), '--yes')
        server.sql('DROP VIEW rec_uat.wp_43_fresh')
        def before = target()
        def journal = wfumig.run().resolve('journal.jsonl')
        def lines = Files.readAllLines(journal)
        Files.write(journal, lines.subList(0, lines.findIndexOf { it.contains('"noted"') }))
        server.rows("SELECT table_name FROM information_schema.tables WHERE table_schema = 'rec_dev' AND table_name LIKE 'wp\\_43\\_%' AND table_type = 'BASE TABLE'")
                .each { server.sql("CREATE TABLE rec_staging.`${it[0]}` LIKE rec_dev.`${it[0]}`; INSERT INTO rec_staging.wfumig_staged VALUES ('${it[0]}')") }

        expect:
        wfumig.call('resume') in [1, 7]
        target() == before
        wfumig.call('resume') == 0
        server.rows('SELECT COUNT(*) FROM rec_uat.wp_43_posts') == server.rows('SELECT COUNT(*) FROM rec_dev.wp_43_posts')
    }

    def 'rollback of one site leaves the others; writes since the cutover are not thrown away unasked'() {
        given:
        def before = target()
        wfumig.call('run', plan('sites 5, 22'), '--yes')
        server.sql("UPDATE rec_uat.wp_22_options SET option_value = 'edited on uat' WHERE option_name = 'blogname'")

        expect:
        wfumig.call('rollback', '--sites', '5') == 0
        target().findAll { it.key.startsWith('rec_uat.wp_5_') } == before.findAll { it.key.startsWith('rec_uat.wp_5_') }
        wfumig.call('rollback') == 1
        wfumig.err.contains('tables were written since the cutover: wp_22_options')
        server.rows("SELECT option_value FROM rec_uat.wp_22_options WHERE option_name = 'blogname'") == [['edited on uat']]
        wfumig.call('rollback', '--discard-writes') == 0
        target() == before
        wfumig.call('rollback') == 0
        wfumig.out.contains('Nothing to roll back')
    }

    def 'kept tables are dropped on request, and then the backup is the way back'() {
        given:
        def before = target()
        wfumig.call('run', plan('sites 5'), '--yes')

        expect:
        wfumig.call('clean') == 0
        wfumig.out.contains('0 kept tables were dropped')
        wfumig.call('clean', '--now') == 0
        wfumig.out.contains('10 kept tables were dropped')
        server.rows("SHOW DATABASES LIKE 'rec_uat_wfumig_kept%'").isEmpty()
        wfumig.call('rollback') == 0
        wfumig.out.contains('site-5 is as it was when it was backed up')
        target() == before
    }

    def 'a plan that runs week after week keeps the old tables of each run, foreign keys and all: #how'() {
        given:
        def before = target()
        def file = plan('sites 43', staging)

        expect:
        wfumig.call('run', file, '--yes') == 0
        wfumig.call('run', file, '--yes') == 0
        wfumig.call('run', file, '--yes') == 0
        wfumig.out.contains('done and verified')
        server.rows("SELECT COUNT(*) FROM information_schema.referential_constraints WHERE constraint_schema = 'rec_uat' AND table_name = 'wp_43_a_order_items'") == [['1']]

        and: 'each of them can be taken back, the last one first'
        def runs = Files.list(wfumig.state).withCloseable { it.filter { Files.isDirectory(it) }.sorted().toList() }*.fileName*.toString()
        runs.reverse().every { wfumig.call('rollback', it) == 0 }
        target() == before

        and: 'what was rolled back is not resumed'
        wfumig.call('resume', runs[0]) == 2
        wfumig.err.contains('was rolled back')

        where:
        how                      | staging
        'in a staging schema'    | "staging { schema 'rec_staging' }"
        'beside the target'      | ''
    }

    def 'a plan that names another server in another shell is not resumed there'() {
        given:
        wfumig.call('run', plan('sites 5'), '--yes')
        def graph = wfumig.run().resolve('graph.json')
        Files.writeString(graph, Files.readString(graph).replace(server.rows('SELECT @@hostname')[0][0] + ':', 'elsewhere:'))
        def journal = wfumig.run().resolve('journal.jsonl')
        if (verb == 'resume') Files.write(journal, Files.readAllLines(journal).take(1)) // a run that is not done

        expect:
        wfumig.call(verb) == 6
        wfumig.err.contains('the run was made for elsewhere:')

        where:
        verb << ['resume', 'rollback', 'clean']
    }

    def 'an error behind the swap takes it back: a view that the target cannot make'() {
        given: 'a view over a function that only the source has'
        server.sql("CREATE OR REPLACE FUNCTION rec_dev.half(n INT) RETURNS INT DETERMINISTIC RETURN n / 2", 'rec_dev')
        server.sql("CREATE VIEW wp_43_v_half AS SELECT half(2) AS h", 'rec_dev')
        def before = target()

        expect:
        wfumig.call('run', plan('sites 43'), '--yes') in [1, 3]
        wfumig.out.contains('site-43  failed at')
        target() == before
        staged().isEmpty()

        when:
        server.sql("CREATE OR REPLACE FUNCTION rec_uat.half(n INT) RETURNS INT DETERMINISTIC RETURN n / 2", 'rec_uat')

        then:
        wfumig.call('resume') == 0
        server.rows('SELECT h FROM rec_uat.wp_43_v_half') == [['1']]
        wfumig.call('rollback') == 0
        target() == before
    }

    def 'a trigger of the target comes back with its mode and its definer; one of the source keeps its mode'() {
        given:
        server.sql("CREATE OR REPLACE USER 'owner'@'127.0.0.1'; SET sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT'; CREATE DEFINER='owner'@'127.0.0.1' TRIGGER shout BEFORE INSERT ON wp_5_options FOR EACH ROW SET NEW.autoload = 'y' || 'es'", 'rec_uat')
        server.sql("SET sql_mode = 'PIPES_AS_CONCAT'; CREATE TRIGGER whisper BEFORE INSERT ON wp_5_options FOR EACH ROW SET NEW.autoload = 'n' || 'o'", 'rec_dev')
        def before = target()

        expect:
        wfumig.call('run', plan('sites 5'), '--yes') == 0
        server.rows("SELECT trigger_name, sql_mode FROM information_schema.triggers WHERE event_object_schema = 'rec_uat' AND event_object_table = 'wp_5_options'") == [['whisper', 'PIPES_AS_CONCAT']]
        wfumig.call('rollback') == 0
        target() == before

        cleanup:
        server.sql("DROP USER 'owner'@'127.0.0.1'")
    }

    def 'two plans never share a staging schema at the same time'() {
        given:
        def file = plan('sites 5')
        def lock = TargetLock.takeStaging(server.database(), "${server.rows('SELECT @@hostname')[0][0]}:${server.rows('SELECT @@datadir')[0][0]}", 'rec_staging', Owner.here('another run'))

        expect:
        wfumig.call('run', file, '--yes') == 5

        cleanup:
        lock.close()
    }

    def 'a second run on the same target is refused while the first one lives'() {
        given:
        def file = plan('sites 5')
        wfumig.call('plan', file, '--format', 'json')
        def target = new com.fasterxml.jackson.databind.ObjectMapper().readTree(wfumig.out).at('/graph/target')
        def lock = TargetLock.take(server.database(), target.get('identity').asText(), 'rec_uat', Owner.here('another run'), TargetLock.LEASE)

        expect:
        lock.held()
        wfumig.call('run', file, '--yes') == 5
        wfumig.err.contains('another run holds the target: another run on ')
        Files.list(wfumig.state).withCloseable { it.count() } == 0

        when:
        lock.close()

        then:
        wfumig.call('run', file, '--yes') == 0
    }

    def 'without a staging schema everything happens beside the target tables, under reserved names, and ends clean'() {
        given:
        def before = target()

        expect:
        wfumig.call('run', plan('sites 22, 43; networkTables()', ''), '--yes') == 0
        wfumig.out.contains('3 of 3 scopes')
        server.rows("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'rec_uat' AND table_name LIKE '\\_wfumig\\_staged%'") == [['0']]
        server.rows("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'rec_uat' AND table_name LIKE '\\_wfumig\\_kept%'")[0][0].toInteger() > 30
        wfumig.call('rollback') == 0
        target() == before
    }

    def 'staging on a server of its own: verified there, carried over, proved again'() {
        given:
        def before = target()
        wfumig.environment['WFUMIG_SECRET_STAGING'] = server.password()
        def staging = "staging { mysql { host 'localhost'; port ${server.port()}; schema 'rec_staging'; user '${server.user()}'; password secret('staging') } }"

        expect:
        wfumig.call('run', plan('sites 22, 43', staging), '--yes') == 0
        server.rows("SELECT option_value FROM rec_uat.wp_22_options WHERE option_name = 'home'") == [['http://uat.wfu.test/magazine']]
        server.rows("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'rec_uat' AND table_name LIKE '\\_wfumig\\_staged%'") == [['0']]
        staged().isEmpty()
        wfumig.call('rollback') == 0
        target() == before
    }
}
