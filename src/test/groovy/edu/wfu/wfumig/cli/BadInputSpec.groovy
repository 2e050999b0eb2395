package edu.wfu.wfumig.cli

import edu.wfu.wfumig.support.TestServer
import edu.wfu.wfumig.support.Wfumig
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification

/** What goes wrong around a run: one clear message, the right exit code, the target untouched, staging clean. */
class BadInputSpec extends Specification {
    @Shared TestServer server = TestServer.embedded()
    Wfumig wfumig = new Wfumig()

    def setupSpec() {
        server.load('bad_dev', 'dev')
        server.load('bad_uat', 'uat')
    }

    def cleanupSpec() {
        server.sql('SET GLOBAL local_infile = 1')
        server.drop('bad_dev', 'bad_uat', 'bad_staging', 'bad_uat_wfumig_kept')
        server.sql("DROP USER IF EXISTS 'poor'@'127.0.0.1'")
    }

    private String plan(String sites = 'sites 3', String more = "staging { schema 'bad_staging' }", Closure<String> change = { it }) {
        wfumig.plan(change("""
            migration('bad') {
              ${wfumig.ends(server, 'bad_dev', server, 'bad_uat')}
              $more
              sites { $sites }
            }""".toString())).toString()
    }

    private Map<String, String> target() {
        server.picture(['bad_uat', 'bad_uat_wfumig_kept']).findAll { !it.key.startsWith('bad_uat.wfumig_') }
    }

    private boolean stagingIsClean() {
        server.rows("SELECT table_name FROM information_schema.tables WHERE table_schema = 'bad_staging' AND table_name <> 'wfumig_staged'").isEmpty()
    }

    def '#what: exit #code'() {
        given:
        def before = target()
        def text = plan('sites 3', "staging { schema 'bad_staging' }", change)
        prepare(wfumig)

        expect:
        wfumig.call('run', text, '--yes') == code
        messages.every { wfumig.err.contains(it) }
        target() == before
        stagingIsClean()
        !wfumig.err.contains('Exception')
        !(wfumig.out + wfumig.err).contains(server.password())

        where:
        what                     | code | change                                              | prepare                                                    | messages
        'a wrong password'       | 1    | { it }                                              | { it.environment['WFUMIG_SECRET_TARGET'] = 'wrong' }       | ['refuses user', 'check the plan\'s user', 'nothing was written']
        'no password'            | 1    | { it }                                              | { it.environment.remove('WFUMIG_SECRET_TARGET') }          | ["the secret 'target' has no value", 'export WFUMIG_SECRET_TARGET=']
        'an unreachable host'    | 1    | { it.replaceFirst(/port \d+/, 'port 1') }           | { }                                                        | ['no MySQL or MariaDB server answers at 127.0.0.1:1']
        'an unknown host'        | 1    | { it.replaceFirst("'127.0.0.1'", "'no.such.host.invalid'") } | { }                                               | ['no.such.host.invalid']
        'a missing schema'       | 1    | { it.replace("'bad_uat'", "'bad_none'") }           | { }                                                        | ["there is no schema 'bad_none'", 'test.migration.groovy:']
        'source as target'       | 2    | { it.replace("'bad_uat'", "'bad_dev'") }            | { }                                                        | ["the same schema 'bad_dev'"]
        'a source without sites' | 2    | { it.replace("'bad_dev'", "'mysql'") }              | { }                                                        | ['holds no WordPress network']
        'a wrong condition'      | 1    | { it.replace('sites { sites 3 }', "sites { sites 3 }\ntables { where '*_posts', 'no_such_column = 1' }") } | { } | []
    }

    def 'no --yes and no terminal: nothing happens, the command to type is named'() {
        given:
        def before = target()

        expect:
        wfumig.call('run', plan()) == 2
        wfumig.err.contains('--yes')
        target() == before
    }

    def 'a work folder that cannot be written'() {
        given:
        def before = target()
        def file = Files.writeString(wfumig.home.resolve('file'), '')

        expect:
        wfumig.call('run', plan(), '--yes', '--work-dir', file.resolve('below').toString()) == 1
        wfumig.out.contains('cannot be written')
        target() == before
        stagingIsClean()
    }

    @Requires({ Files.exists(Path.of('/bin/bash')) })
    def 'a disk that is full while the dump is written: the site fails, nothing is left behind, resume brings it'() {
        given: 'a process that may write no file beyond 2 MB, and a table that needs more'
        server.sql('CREATE TABLE wp_22_bulk (id INT PRIMARY KEY, noise LONGTEXT); INSERT INTO wp_22_bulk' +
                " SELECT seq, CONCAT(SHA2(RAND(), 512), SHA2(RAND(), 512)) FROM seq_1_to_30000", 'bad_dev')
        def before = target()
        def command = ['/bin/bash', '-c', 'ulimit -f 2000; exec "$@"', 'wfumig', Path.of(System.getProperty('java.home'), 'bin', 'java').toString(), '-XX:-UsePerfData',
                       '-cp', System.getProperty('java.class.path'), 'edu.wfu.wfumig.cli.Main', 'run', plan('sites 22'), '--yes', '--state-dir', wfumig.state.toString()]
        def builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(wfumig.home.resolve('full.log').toFile())
        builder.environment().putAll(wfumig.environment)

        expect:
        builder.start().waitFor() == 1
        Files.readString(wfumig.home.resolve('full.log')).contains('source.sql.zst cannot be written')
        target() == before
        stagingIsClean()
        wfumig.call('resume') == 0
        wfumig.out.contains('done and verified')

        cleanup:
        server.sql('DROP TABLE bad_dev.wp_22_bulk')
    }

    def 'a state folder that cannot be written'() {
        given:
        def file = Files.writeString(wfumig.home.resolve('file'), '')
        def before = target()
        def out = new StringWriter()
        def err = new StringWriter()

        expect:
        Main.run(['run', plan(), '--yes', '--state-dir', file.resolve('below').toString()] as String[], wfumig.environment, new PrintWriter(out, true), new PrintWriter(err, true)) == 1
        err.toString().contains('--state-dir')
        target() == before
    }

    def 'an archive that cannot be written is found before anything moves'() {
        given:
        def file = Files.writeString(wfumig.home.resolve('file'), '')
        def before = target()

        expect:
        wfumig.call('run', plan('sites 3', "staging { schema 'bad_staging' }\narchive { directory '$file/below' }"), '--yes') == 1
        wfumig.out.contains('archive cannot be written')
        target() == before
        stagingIsClean()
    }

    def 'a staging schema that holds foreign tables is refused and not touched'() {
        given:
        server.sql('CREATE DATABASE bad_foreign; CREATE TABLE bad_foreign.precious (id INT); INSERT INTO bad_foreign.precious VALUES (1)')

        expect:
        wfumig.call('run', plan('sites 3', "staging { schema 'bad_foreign' }"), '--yes') == 1
        wfumig.out.contains("holds tables that are not wfumig's: precious")
        server.rows('SELECT id FROM bad_foreign.precious') == [['1']]

        cleanup:
        server.drop('bad_foreign')
    }

    def 'what an earlier run left in staging is swept'() {
        given:
        wfumig.call('run', plan(), '--yes')
        server.sql("USE bad_staging; CREATE TABLE wp_3_posts (id INT); REPLACE INTO wfumig_staged VALUES ('wp_3_posts')")

        expect:
        wfumig.call('staging', 'status', plan()) == 0
        wfumig.out.contains('1 tables are staged')
        wfumig.call('run', plan('sites 5'), '--yes') == 0
        stagingIsClean()
    }

    def 'a server that forbids LOAD DATA LOCAL gets its rows by INSERT, and the report says so'() {
        given:
        server.sql('SET GLOBAL local_infile = 0')

        expect:
        wfumig.call('run', plan('sites 22, 43'), '--yes') == 0
        Files.readString(wfumig.run().resolve('logs/site-22.log')).contains('INSERT (the server forbids LOAD DATA LOCAL)')
        Files.readString(wfumig.run().resolve('logs/run.log')).contains('forbids LOAD DATA LOCAL')

        cleanup:
        server.sql('SET GLOBAL local_infile = 1')
    }

    def 'an account without rights is told what to grant, all at once'() {
        given:
        server.sql("CREATE OR REPLACE USER 'poor'@'127.0.0.1' IDENTIFIED BY 'poor'; GRANT SELECT ON bad_uat.* TO 'poor'@'127.0.0.1'")
        def before = target()
        def text = plan('sites 3', '') { it.replaceFirst(/(?s)(environment\('uat'\).*?)user '\w+'/, '$1user \'poor\'') }
        wfumig.environment['WFUMIG_SECRET_TARGET'] = 'poor'

        expect:
        wfumig.call('plan', text) == 0
        wfumig.out.contains("lacks a privilege: GRANT CREATE ON `bad_uat`.* TO 'poor'")
        wfumig.call('run', text, '--yes') == 1
        wfumig.out.contains('lacks a privilege')
        target() == before
    }

    def 'a table without a key moves, and the preview says how'() {
        expect:
        wfumig.call('plan', plan('sites 43')) == 0
        wfumig.out.contains('without a key, moved as one piece: wp_43_no_pk_log')
    }

    def 'no plan file, an unreadable saved plan, an unknown run'() {
        expect:
        wfumig.call('run', 'plans/none.groovy') == 2
        wfumig.err.contains('there is no plan file')
        wfumig.call('run', wfumig.plan('{', 'saved.json').toString(), '--yes') == 2
        wfumig.err.contains('is not a saved plan')
        wfumig.call('status', 'none') == 2
        wfumig.err.contains('there is no run none')
        wfumig.call('resume') == 2
        wfumig.call('frobnicate') == 2
    }
}
