package edu.wfu.wfumig.cli

import edu.wfu.wfumig.support.TestServer
import edu.wfu.wfumig.support.Wfumig
import java.nio.file.Files
import spock.lang.Shared
import spock.lang.Specification

/** A write happens only where the plan, the server and the environment's own mark agree, and where somebody says its name. */
class ProtectSpec extends Specification {
    @Shared TestServer server = TestServer.embedded()
    Wfumig wfumig = new Wfumig()

    def setupSpec() {
        server.load('guard_dev', 'dev')
        server.load('guard_uat', 'uat')
    }

    def setup() { server.sql('DROP TABLE IF EXISTS guard_uat.wfumig_mark; DROP TABLE IF EXISTS guard_dev.wfumig_mark') }

    def cleanupSpec() { server.drop('guard_dev', 'guard_uat', 'guard_staging') }

    private String plan(String protect = '', String more = '') {
        def ends = wfumig.ends(server, 'guard_dev', server, 'guard_uat').replace("url 'http://uat.wfu.test'", "url 'http://uat.wfu.test'; $protect")
        wfumig.plan("""
            migration('guard') {
              $ends
              staging { schema 'guard_staging' }
              sites { sites 3 }
              $more
            }""").toString()
    }

    private Map<String, String> target() { server.picture(['guard_uat']) }

    private List<String> mark() { server.rows('SELECT environment, place FROM guard_uat.wfumig_mark')[0] }

    /** As if a copy of that environment's data had come from there. */
    private void marked(String schema, String environment, String place = schema, String host = null) {
        server.sql("CREATE OR REPLACE TABLE ${schema}.wfumig_mark (id TINYINT PRIMARY KEY, environment VARCHAR(190), server VARCHAR(500), place VARCHAR(64), marked DATETIME, marked_by VARCHAR(500));" +
                " INSERT INTO ${schema}.wfumig_mark VALUES (1, '$environment', ${host ? "'$host'" : "CONCAT(@@hostname, ':', @@datadir)"}, '$place', NOW(), 'a spec')")
    }

    def 'the first confirmed run marks the target, later ones find it as it should be'() {
        expect:
        wfumig.call('run', plan()) == 2
        server.rows("SHOW TABLES FROM guard_uat LIKE 'wfumig%'").isEmpty()
        wfumig.call('run', plan(), '--yes') == 0
        mark() == ['uat', 'guard_uat']
        Files.readString(wfumig.run().resolve('logs/run.log')).contains("it is marked as 'uat' now")
        wfumig.call('run', plan(), '--yes') == 0
        wfumig.call('rollback') == 0
    }

    def '#words are refused before the first write when the target is marked as #what'() {
        given:
        if (!words.contains('PLAN')) wfumig.call('run', plan(), '--yes')
        marked('guard_uat', environment, place, host)
        def before = target()

        expect:
        wfumig.call(*(words.split(' ').collect { it == 'PLAN' ? plan() : it })) == 6
        wfumig.err.contains("does not prove that it is 'uat'")
        wfumig.err.contains(message)
        wfumig.err.contains('wfumig mark uat --plan PLAN --replace')
        target() == before

        where:
        words                 | environment | place       | host         || message
        'run PLAN --yes'      | 'prod'      | 'guard_uat' | null         || "it is marked as 'prod', the plan calls it 'uat'"
        'run PLAN --yes'      | 'uat'       | 'wp_prod'   | null         || 'it was marked in the schema wp_prod and stands in guard_uat'
        'run PLAN --yes'      | 'uat'       | 'guard_uat' | 'db7:/data/' || 'it was marked on the server db7:/data/ and stands on'
        'rehearse PLAN'       | 'prod'      | 'guard_uat' | null         || "marked as 'prod'"
        'rollback'            | 'prod'      | 'wp_prod'   | 'db7:/data/' || 'marked in the schema wp_prod'
        'clean --now'         | 'prod'      | 'guard_uat' | null         || "marked as 'prod'"
        'staging clean PLAN'  | 'prod'      | 'guard_uat' | null         || "marked as 'prod'"
        what = [environment, place, host].findAll().join(', ')
    }

    def 'a source that says it is another environment is refused; a copy of one is a good source'() {
        given:
        def file = plan()
        marked('guard_dev', 'prod')

        expect:
        wfumig.call('run', file, '--yes') == 6
        wfumig.err.contains("the source is marked as 'prod', the plan calls it 'dev'")

        when:
        marked('guard_dev', 'prod', 'guard_dev', 'db7:/data/')

        then:
        wfumig.call('run', file, '--yes') == 0
    }

    def 'mark writes the name, keeps another one unless it is to be replaced, and knows only environments of the plan'() {
        given:
        def file = plan()

        expect:
        wfumig.call('mark', 'uat', '--plan', file) == 0
        mark() == ['uat', 'guard_uat']
        wfumig.call('mark', 'uat', '--plan', file) == 0

        when:
        marked('guard_uat', 'prod')

        then:
        wfumig.call('mark', 'uat', '--plan', file) == 6
        mark() == ['prod', 'guard_uat']
        wfumig.call('mark', 'uat', '--plan', file, '--replace') == 0
        mark() == ['uat', 'guard_uat']
        wfumig.call('mark', 'prod', '--plan', file) == 2
        wfumig.err.contains("no environment of $file is called 'prod'")
        wfumig.call('mark', 'uat', '--plan', plan('protect { confirm() }'), '--replace', '--yes') == 2
    }

    def 'a yes alone never changes a protected environment: #words'() {
        given:
        def file = plan('protect { confirm() }')
        wfumig.call('run', file, '--confirm', 'uat')
        if (words.startsWith('resume')) Files.delete(wfumig.run().resolve('done'))
        def before = target()
        def command = words.split(' ').collect { it == 'PLAN' ? file : it }

        expect:
        wfumig.call(*command, '--yes') == 2
        wfumig.err.contains("'uat' is protected: its name must be typed, a yes is not enough")
        wfumig.err.contains('--confirm uat')
        wfumig.call(*command, '--confirm', 'prod') == 2
        wfumig.err.contains("--confirm names 'prod', and it is 'uat' that would be changed")
        target() == before

        when: 'somebody sits there'
        wfumig.terminal.answers = ['yes']

        then:
        wfumig.call(*command) == 2
        target() == before

        when:
        wfumig.terminal.answers = ['uat']

        then:
        wfumig.call(*command) == 0
        wfumig.terminal.questions.last().contains("'uat' is protected. Type its name to change it")

        where:
        words << ['run PLAN', 'resume', 'rollback', 'clean --now']
    }

    def 'who is asked for a yes and says no changes nothing'() {
        given:
        def before = target()
        wfumig.terminal.answers = ['no']

        expect:
        wfumig.call('run', plan()) == 2
        wfumig.err.contains('you did not say yes')
        target() == before

        when:
        wfumig.terminal.answers = ['yes']

        then:
        wfumig.call('run', plan()) == 0
    }

    def 'an environment that asks for a rehearsal gets its run after one, of the same plan on the same tables'() {
        given:
        def file = plan('protect { requireRehearsal within: 24.hours }')
        def before = target()

        expect: 'none yet'
        wfumig.call('run', file, '--confirm', 'uat') == 6
        wfumig.err.contains('this plan was never rehearsed')

        when: 'it proves all in staging, and leaves nothing there'
        def code = wfumig.call('rehearse', file)

        then:
        code == 0
        wfumig.out.contains('rehearsed and verified, 1 of 1 scope')
        target() == before
        server.rows("SELECT table_name FROM information_schema.tables WHERE table_schema = 'guard_staging' AND table_name <> 'wfumig_staged'").isEmpty()
        !Files.exists(wfumig.run().resolve('work'))
        wfumig.call('rollback', '--confirm', 'uat') == 0
        wfumig.out.contains('Nothing to roll back')

        when: 'there is one table more than was rehearsed'
        server.sql('CREATE TABLE guard_dev.wp_3_newcomer (id INT PRIMARY KEY)')

        then:
        wfumig.call('run', file, '--confirm', 'uat') == 6
        wfumig.err.contains('plan, source or target changed since the rehearsal')

        when:
        server.sql('DROP TABLE guard_dev.wp_3_newcomer')

        then:
        wfumig.call('run', file, '--confirm', 'uat') == 0

        when: 'it was too long ago'
        def hasty = plan('protect { requireRehearsal within: 1.seconds }')
        wfumig.call('rehearse', hasty)
        sleep(1100)

        then:
        wfumig.call('run', hasty, '--confirm', 'uat') == 6
        wfumig.err.contains('the last rehearsal is ')
    }
}
