package edu.wfu.wfumig.cli

import com.fasterxml.jackson.databind.ObjectMapper
import edu.wfu.wfumig.support.TestServer
import edu.wfu.wfumig.support.Wfumig
import java.nio.file.Files
import java.util.concurrent.CompletableFuture
import spock.lang.Shared
import spock.lang.Specification

/** Failure rules, large sites and control from another terminal, with real servers. */
class FailureOptionsSpec extends Specification {
    static final JSON = new ObjectMapper()
    @Shared TestServer server = TestServer.embedded()
    Wfumig wfumig = new Wfumig()

    def setup() {
        server.drop('fail_staging')
        server.load('fail_dev', 'dev')
        server.load('fail_uat', 'uat')
    }

    def cleanupSpec() {
        server.drop('fail_dev', 'fail_uat', 'fail_staging')
    }

    private String plan(String sites, String more = '') {
        wfumig.plan("""
            migration('fails') {
              ${wfumig.ends(server, 'fail_dev', server, 'fail_uat')}
              staging { schema 'fail_staging' }
              sites { sites $sites }
              parallel { sites 1 }
              $more
            }""").toString()
    }

    /** Staging refuses the tables of these sites until the trigger is dropped. */
    private void refuse(String sites) {
        server.sql("""CREATE DATABASE fail_staging; CREATE TABLE fail_staging.wfumig_staged (name VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin PRIMARY KEY)""")
        server.sql("""CREATE OR REPLACE TRIGGER fail_staging.no BEFORE INSERT ON fail_staging.wfumig_staged FOR EACH ROW
            IF NEW.name REGEXP '^wp_($sites)_' THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not now'; END IF""")
    }

    private Map<String, String> states() {
        wfumig.call('status', '--json')
        JSON.readValue(wfumig.out, Map).scopes.collectEntries { [it.scope, it.state] }
    }

    def 'too many failures one after the other pause the run; the options stand in the ledger; resume takes what it is told to'() {
        given:
        refuse('5|22')
        def journal = { Files.readString(wfumig.run().resolve('journal.jsonl')) }

        expect:
        wfumig.call('run', plan('3, 5, 22, 43, 70'), '--yes', '--max-consecutive-failures', '2', '--retries', '0', '--site-timeout', '5m') == 4
        wfumig.out.contains('paused')
        wfumig.out.contains('2 sites failed one after the other; source, target and staging are well')
        journal().contains('"rules-overridden"')
        journal().contains('"--max-consecutive-failures":"2"')
        states() == ['site-3': 'done', 'site-5': 'failed at stage', 'site-22': 'failed at stage', 'site-43': 'waiting', 'site-70': 'waiting']
        Files.readString(wfumig.run().resolve('failed.json')).contains('"attempts" : 1')

        and: 'all but what failed'
        wfumig.call('resume', '--exclude-failed', '--dry-run') == 0
        wfumig.out.contains('skip  site-5/stage  (left out by this resume)')
        wfumig.call('resume', '--exclude-failed') == 3
        states() == ['site-3': 'done', 'site-5': 'failed at stage', 'site-22': 'failed at stage', 'site-43': 'done', 'site-70': 'done']

        when: 'only what failed'
        server.sql('DROP TRIGGER fail_staging.no')
        def code = wfumig.call('resume', '--retry-failed', '--dry-run')

        then:
        code == 0
        wfumig.out.contains('do    site-5/stage  (failed: while')
        wfumig.call('resume', '--retry-failed') == 0
        states().values().every { it == 'done' }
        server.rows("SELECT option_value FROM fail_uat.wp_22_options WHERE option_name = 'home'") == [['http://uat.wfu.test/magazine']]
    }

    def 'a site that hangs is given up in time, and the next one comes through'() {
        given:
        def lock = server.connect()
        lock.createStatement().execute('LOCK TABLES fail_dev.wp_5_options WRITE')

        expect:
        wfumig.call('run', plan('5, 43'), '--yes', '--site-timeout', '2s', '--retries', '0') == 3
        wfumig.out.contains('site-5 took longer than it may')
        states() == ['site-5': 'failed at export', 'site-43': 'done']

        when:
        lock.close()

        then:
        wfumig.call('resume', '--site-timeout', '5m') == 0

        cleanup:
        lock?.close()
    }

    def 'a site is given up in time also while keys of a large table are made, and the server makes them no longer'() {
        given: 'a table whose keys come behind its rows, and somebody who reads it in staging, so that they have to wait'
        server.sql('CREATE TABLE wp_5_bulk (id INT PRIMARY KEY, noise VARCHAR(700) CHARACTER SET ascii, KEY noise (noise));' +
                'INSERT INTO wp_5_bulk SELECT seq, REPEAT(SHA2(seq, 512), 5) FROM seq_1_to_40000; ANALYZE TABLE wp_5_bulk', 'fail_dev')
        def keys = "SELECT time_ms FROM information_schema.processlist WHERE info LIKE 'ALTER TABLE%wp_5_bulk%'"
        def reader = CompletableFuture.supplyAsync {
            def staged = "SELECT 1 FROM information_schema.tables WHERE table_schema = 'fail_staging' AND table_name = 'wp_5_bulk'"
            while (!server.rows(staged)) sleep 5
            server.connect().withCloseable { connection ->
                connection.autoCommit = false
                connection.createStatement().executeQuery('SELECT 1 FROM fail_staging.wp_5_bulk LIMIT 1')
                List<List<String>> seen = []
                while (!seen) seen = server.rows(keys)
                for (def now = seen; now; now = server.rows(keys)) seen = now
                seen[0][0] as double
            }
        }

        expect:
        wfumig.call('run', plan('5, 43'), '--yes', '--site-timeout', '6s', '--retries', '0') == 3
        wfumig.out.contains('site-5 took longer than it may')
        states() == ['site-5': 'failed at stage', 'site-43': 'done']

        and: 'the server would have given up after a minute'
        reader.get() < 40_000
        wfumig.call('resume', '--site-timeout', '5m') == 0
        server.rows("SELECT COUNT(*) FROM information_schema.statistics WHERE table_schema = 'fail_uat' AND table_name = 'wp_5_bulk'") == [['2']]
    }

    def '#word from another terminal ends the run with #code, and it resumes'() {
        given:
        def lock = server.connect()
        lock.createStatement().execute('LOCK TABLES fail_dev.wp_5_options WRITE')
        def file = plan('3, 5, 43')
        def other = new Wfumig(state: wfumig.state, environment: wfumig.environment)

        when:
        def run = CompletableFuture.supplyAsync { wfumig.call('run', file, '--yes') }
        while (!(Files.isDirectory(wfumig.state) && wfumig.state.toFile().list().any { new File(wfumig.state.toFile(), "$it/journal.jsonl").with { f -> f.exists() && f.text.contains('site-5/export') } })) Thread.sleep(50)

        then:
        other.call(word) == 0

        when:
        while (Files.exists(wfumig.run().resolve('request'))) Thread.sleep(20) // until the run has heard it
        lock.close()

        then:
        run.get() == code
        wfumig.out.contains(why)
        other.call(word) == 2
        other.err.contains('does not run')
        wfumig.call('resume') == 0

        cleanup:
        lock?.close()

        where:
        word    || code | why
        'pause' || 4    | 'somebody asked for a pause'
        'abort' || 1    | 'somebody asked for its end'
    }

    def 'large sites are skipped, or come last, and what earlier runs took is learned'() {
        expect:
        wfumig.call('run', plan('3, 5, 43'), '--yes', '--large-sites', '3,5', '--skip-large-sites') == 3
        states() == ['site-3': 'waiting', 'site-5': 'waiting', 'site-43': 'done']
        wfumig.call('resume') == 0

        and:
        wfumig.call('run', plan('3, 5, 43'), '--yes', '--large-sites', '3', '--defer-large-sites') == 0
        Files.readString(wfumig.run().resolve('journal.jsonl')).with { it.indexOf('site-43/clean') < it.indexOf('site-3/export') }

        and: 'only the run that was never resumed tells how long one takes'
        wfumig.call('plan', plan('3, 5, 43')) == 0
        wfumig.out.contains('with 1 at a time, as 1 earlier run took')
    }

    def 'a resume names what changed since the run was planned, and takes it in when told to'() {
        given: 'site 5 is exported, site 43 is not begun'
        refuse('5')
        assert wfumig.call('run', plan('5, 43'), '--yes', '--pause-on-failure', '--retries', '0') == 4
        server.sql('DROP TRIGGER fail_staging.no')
        def undisturbed = server.rows('SELECT COUNT(*) FROM fail_dev.wp_43_posts')

        when:
        server.sql('''CREATE TABLE fail_dev.wp_43_fresh (id INT PRIMARY KEY, url VARCHAR(50)); INSERT INTO fail_dev.wp_43_fresh VALUES (1, 'http://dev.wfu.test');
            DROP TABLE fail_dev.wp_43_a_order_items; DROP TABLE fail_dev.wp_5_posts; DROP TABLE fail_uat.wp_5_posts''')
        int code = wfumig.call('resume')

        then: 'what the dump of site 5 holds already does not matter'
        code == 6
        wfumig.err.contains('site-43: the source has wp_43_fresh now')
        wfumig.err.contains('site-43: the source no longer has wp_43_a_order_items')
        wfumig.err.contains('site-5: the target no longer has wp_5_posts')
        !wfumig.err.contains('site-5: the source')
        wfumig.err.contains('--accept-changes')

        when:
        code = wfumig.call('resume', '--accept-changes')

        then:
        code == 0
        server.rows('SELECT url FROM fail_uat.wp_43_fresh') == [['http://uat.wfu.test']]
        server.rows('SELECT COUNT(*) FROM fail_uat.wp_43_posts') == undisturbed
        server.rows('SELECT COUNT(*) FROM fail_uat.wp_5_posts')[0][0].toInteger() > 0
        Files.readString(wfumig.run().resolve('journal.jsonl')).contains('"changes-accepted"')
        wfumig.call('rollback') == 0
        server.rows("SELECT table_name FROM information_schema.tables WHERE table_schema = 'fail_uat' AND table_name IN ('wp_43_fresh', 'wp_5_posts')") == []
    }

    def 'options that cannot be are refused before anything runs: #options'() {
        expect:
        wfumig.call(*(['run', plan('3'), '--yes'] + options)) == 2
        wfumig.err.contains(message)
        !Files.exists(wfumig.state)

        where:
        options                              | message
        ['--site-timeout', '20']             | '--site-timeout 20'
        ['--retries', '-1']                  | '--retries -1'
        ['--max-consecutive-failures', '0']  | '--max-consecutive-failures 0'
    }
}
