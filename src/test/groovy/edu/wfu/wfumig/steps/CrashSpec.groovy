package edu.wfu.wfumig.steps

import static edu.wfu.wfumig.support.CutProxy.Way.FROM_SERVER
import static edu.wfu.wfumig.support.CutProxy.Way.TO_SERVER

import edu.wfu.wfumig.support.CutProxy
import edu.wfu.wfumig.support.MortalServer
import edu.wfu.wfumig.support.RunEnd
import edu.wfu.wfumig.support.TestServer
import edu.wfu.wfumig.support.Victim
import edu.wfu.wfumig.support.Wfumig
import java.nio.file.Files
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared

/** Crashes of a run of sites on MariaDB; and lines that are cut, answers that are lost, disks that are full. */
class CrashSpec extends CrashContract<TestServer> {
    @Shared TestServer server = TestServer.embedded()
    /** How a run of one site ended whose dump is some megabytes, and how it went. */
    @Shared Map<String, String> undisturbedBig
    @Shared List<String> journalBig
    @Shared @AutoCleanup MortalServer mortal

    def cleanupSpec() {
        server.drop('crash_dev', 'crash_uat', 'crash_staging', 'crash_big')
    }

    @Override
    TestServer server() { server }

    @Override
    TestServer mortal() { mortal = mortal ?: new MortalServer('mortal') }

    @Override
    Map<String, List> sample() {
        [every: [30], moments: [2], rolledBack: [['after', 12], ['before', 15], ['after', 37]], served: [41],
         unwritten: [[14, 40], [47, 0]]]
    }

    @Override
    void load(TestServer server) {
        server.drop('crash_dev', 'crash_uat', 'crash_staging')
        server.load('crash_dev', 'dev')
        server.load('crash_uat', 'uat')
    }

    @Override
    String plan(TestServer server) { between(server, server, 'sites 5, 22; networkTables()', 'crash_dev') }

    private String between(TestServer source, TestServer target, String sites, String schema) {
        wfumig.plan("""
            migration('crash') {
              ${wfumig.ends(source, schema, target, 'crash_uat')}
              staging { schema 'crash_staging' }
              sites { $sites }
              parallel { sites 2 }
              backup { dump() }
              archive { directory '${wfumig.home.resolve('archive')}' }
            }""").toString()
    }

    @Override
    Map<String, String> target(TestServer server) { RunEnd.picture(server, ['crash_uat']) }

    @Override
    Map<String, String> kept(TestServer server) { RunEnd.picture(server, RunEnd.kept(server, 'crash_uat')) }

    @Override
    Map<String, String> end(TestServer server) { RunEnd.of(wfumig, server, 'crash_uat', 'crash_staging') }

    /** A site with a table of some 8 MB: two chunks, which do not pack well. */
    private void big() {
        ready(server)
        if (undisturbedBig) return
        server.load('crash_big', 'dev')
        def noise = (1..7).collect { "SHA2(CONCAT(seq, '/$it'), 512)" }.join(', ')
        server.sql("CREATE TABLE wp_5_noise (id INT PRIMARY KEY, body LONGTEXT CHARACTER SET utf8mb4) SELECT seq AS id, CONCAT('http://dev.wfu.test/', seq, '/', $noise) AS body FROM seq_1_to_8000", 'crash_big')
        assert wfumig.call('run', bigPlan(), '--yes') == 0
        undisturbedBig = end(server)
        journalBig = journal()
        assert wfumig.call('rollback') == 0
        wfumig = new Wfumig()
    }

    private String bigPlan(TestServer source = server, TestServer target = server) {
        between(source, target, 'sites 5', 'crash_big')
    }

    def 'connections are cut in #step, #bytes bytes into it: resumed, the run ends as undisturbed'() {
        given:
        big()
        def line = new CutProxy(server)
        def file = step == 'export' ? bigPlan(line, server) : bigPlan(server, line)
        line.cutAfter(way, bytes)

        expect: 'a run that failed right there, or one that tried again'
        wfumig.call('run', file, '--yes') in [0, 1, 3, 5]
        line.cuts() == 1
        failures().every { it == "site-5/$step" }
        goOn(file) == 0
        endsUndisturbed(server, undisturbedBig)

        cleanup:
        line?.close()

        where:
        step     | way         | bytes
        'export' | FROM_SERVER | 2_000_000
        'export' | FROM_SERVER | 6_000_000
        'stage'  | TO_SERVER   | 2_000_000
        'stage'  | TO_SERVER   | 6_000_000
    }

    def 'the answer to #statement is lost, and all connections with it: resumed, the run ends as undisturbed'() {
        given: 'a server that has done what nobody hears of'
        big()
        def line = new CutProxy(server)
        def file = bigPlan(server, line)
        line.cutAnswerTo(statement)

        expect:
        wfumig.call('run', file, '--yes') in [0, 1, 3, 5]
        line.cuts() == 1
        goOn(file) == 0
        endsUndisturbed(server, undisturbedBig)

        cleanup:
        line?.close()

        where:
        statement << ['commit', 'RENAME TABLE', 'CREATE TABLE', 'DROP TABLE']
    }

    /** Steps of which the ledger says that they failed. */
    private List<String> failures() {
        journal().findAll { it.contains('"step-failed"') }.collect { (it =~ /"step":"([^"]+)"/)[0][1] }
    }

    @Requires({ CrashContract.limits() })
    def 'the disk is full in #step: the run says so, and is resumed when there is room'() {
        given:
        big()
        def file = bigPlan()
        int event = 1 + journalBig.findIndexOf { it.contains("\"$happens\"") && it.contains("\"site-5/$then\"") }
        def victim = new Victim(wfumig, ['run', file, '--yes', '--work-dir', wfumig.home.resolve('disk').toString()], [deed: 'fill', when: 'after', event: event, room: 2_000_000])

        expect:
        victim.end() in [1, 3]
        victim.said().contains("Go on:    wfumig resume ${wfumig.runId()}")
        failures() == ["site-5/$step"]
        Files.readString(wfumig.run().resolve('failed.json')).contains('cannot be written: ')
        Files.readString(wfumig.run().resolve('failed.json')).contains('make room, then type: wfumig resume')
        goOn(file) == 0
        endsUndisturbed(server, undisturbedBig)

        where: 'the stage still loads when the export beside it is done'
        step      | happens        | then
        'export'  | 'step-started' | 'export'
        'stage'   | 'step-done'    | 'export'
        'archive' | 'step-started' | 'archive'
    }
}
