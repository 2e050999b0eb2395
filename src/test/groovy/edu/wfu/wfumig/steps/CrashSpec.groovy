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
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification

/**
 * A run is killed, or what it stands on breaks, at every point; resumed, it ends where an undisturbed run ends.
 * {@code WFUMIG_CRASHES=all} means every boundary of every ledger event and 1,000 random moments; a number, so many moments;
 * else a sample.
 * {@code WFUMIG_CRASH_SEED} repeats the random moments of an earlier test run.
 */
class CrashSpec extends Specification {
    static final String CRASHES = System.getenv('WFUMIG_CRASHES')
    static final boolean ALL = CRASHES
    static final int MOMENTS = CRASHES == 'all' ? 1_000 : (CRASHES ?: 8) as int
    static final long SEED = (System.getenv('WFUMIG_CRASH_SEED') ?: System.nanoTime() % 1_000_000) as long

    @Shared TestServer server = TestServer.embedded()
    /** What the target is before a run, how the undisturbed run ended, and how it went. */
    @Shared Map<String, String> before
    @Shared Map<String, String> undisturbed
    @Shared int events
    @Shared long begins
    @Shared long takes
    /** Servers whose target is as it was before any run. */
    @Shared Set<TestServer> clean = []
    /** The same of a run of one site whose dump is some megabytes. */
    @Shared Map<String, String> undisturbedBig
    @Shared List<String> journalBig
    @Shared @AutoCleanup MortalServer mortal
    @Shared Wfumig wfumig

    def setupSpec() {
        println "random moments of CrashSpec: WFUMIG_CRASH_SEED=$SEED"
        ready(server)
        before = target(server)
        wfumig = new Wfumig()
        def start = System.nanoTime()
        def run = new Victim(wfumig, ['run', plan(server), '--yes'])
        while (run.alive() && !hasLedger()) Thread.sleep(1)
        begins = (System.nanoTime() - start).intdiv(1_000_000)
        assert run.end() == 0: run.said()
        takes = (System.nanoTime() - start).intdiv(1_000_000)
        undisturbed = end(server)
        events = journal().size()
        println "the undisturbed run: $events events in $takes ms, the first one after $begins ms"
        assert wfumig.call('rollback') == 0
        assert target(server) == before
        clean << server
    }

    def setup() {
        wfumig = new Wfumig()
    }

    def cleanupSpec() {
        server.drop('crash_dev', 'crash_uat', 'crash_staging', 'crash_big')
    }

    /** Loading takes longer than a run, so what was rolled back is taken for the next one. */
    private void ready(TestServer server) {
        if (clean.remove(server)) return
        server.drop('crash_dev', 'crash_uat', 'crash_staging')
        server.load('crash_dev', 'dev')
        server.load('crash_uat', 'uat')
    }

    private String plan(TestServer source, TestServer target = source, String sites = 'sites 5, 22; networkTables()', String schema = 'crash_dev') {
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

    private static Map<String, String> target(TestServer server) {
        RunEnd.picture(server, ['crash_uat'])
    }

    private Map<String, String> end(TestServer server) {
        RunEnd.of(wfumig, server, 'crash_uat', 'crash_staging')
    }

    private List<String> journal() {
        def journals = Files.isDirectory(wfumig.state) ? Files.list(wfumig.state).withCloseable { it.toList() }*.resolve('journal.jsonl').findAll { Files.exists(it) } : []
        journals ? Files.readAllLines(journals[0]).findAll { it.endsWith('}') } : []
    }

    private boolean hasLedger() { !journal().isEmpty() }

    /** Goes on as a person does: waits while the server still holds the dead one's lock, begins anew what never began. */
    private int goOn(String plan) {
        boolean begun = hasLedger()
        if (!begun && wfumig.call('resume') != 2) return -1
        patiently { begun ? wfumig.call('resume') : wfumig.call('run', plan, '--yes') }
    }

    private static int patiently(Closure<Integer> command) {
        int code = command()
        for (int i = 0; code == 5 && i < 100; i++) {
            Thread.sleep(100)
            code = command()
        }
        code
    }

    /** The run ended as if nothing had happened, and the way back is open. */
    private void endsUndisturbed(TestServer server, Map<String, String> undisturbed) {
        def difference = differences(end(server), undisturbed)
        assert difference.isEmpty()
        assert wfumig.call('rollback') == 0: wfumig.out + wfumig.err
        isAsBefore(server)
    }

    private void isAsBefore(TestServer server) {
        assert differences(target(server), before).isEmpty()
        assert RunEnd.picture(server, RunEnd.kept(server, 'crash_uat')).isEmpty()
        clean << server
        wfumig.home.toFile().deleteDir()
    }

    private static Map<String, String> differences(Map<String, String> found, Map<String, String> expected) {
        (found.keySet() + expected.keySet()).findAll { found[it] != expected[it] }
                .collectEntries { [it, "expected ${expected[it]}\n   found ${found[it]}"] }
    }

    /** Every boundary of every event; or the first, the last and one of every twenty, as many before as after an event. */
    private static List<List> boundaries(int events) {
        def all = (1..events).collectMany { [['before', it], ['after', it]] }
        ALL ? all : ([all.first(), all.last()] + all.collate(20).withIndex().collect { some, i -> some[(3 + 7 * i) % some.size()] }).unique()
    }

    def 'killed #when event #event, it is resumed and ends as undisturbed'() {
        given:
        ready(server)
        def file = plan(server)
        def victim = new Victim(wfumig, ['run', file, '--yes'], ['deed': 'kill', when: when, event: event])

        expect:
        victim.end() == Victim.KILLED
        journal().size() == (when == 'before' ? event - 1 : event)
        goOn(file) == 0
        endsUndisturbed(server, undisturbed)

        where:
        [when, event] << boundaries(events)
    }

    def 'killed #moment ms after its first event, it is resumed and ends as undisturbed'() {
        given:
        ready(server)
        def file = plan(server)
        def victim = new Victim(wfumig, ['run', file, '--yes'])
        while (moment >= 0 && victim.alive() && !hasLedger()) Thread.sleep(1)
        victim.killedAfter(moment < 0 ? begins + moment : moment).end()

        expect:
        goOn(file) == 0
        endsUndisturbed(server, undisturbed)

        where: 'counted from the first event, because machines are not equally fast all the time'
        moment << new Random(SEED).longs(MOMENTS, -100, takes - begins).toList()
    }

    def 'killed #when event #event, it is rolled back at once, and the target is as it was'() {
        given:
        ready(server)
        def file = plan(server)
        new Victim(wfumig, ['run', file, '--yes'], ['deed': 'kill', when: when, event: event]).end()

        expect: 'nothing is asked about writes, because there were none'
        patiently { wfumig.call('rollback') } == 0
        isAsBefore(server)

        where:
        [when, event] << (ALL ? boundaries(events).drop(1) : [['after', 12], ['before', 15], ['after', 37]])
    }

    def 'its server is killed after event #event and comes back: resumed, the run ends as undisturbed'() {
        given:
        mortal = mortal ?: new MortalServer('mortal')
        ready(mortal)
        def file = plan(mortal)
        def victim = new Victim(wfumig, ['run', file, '--yes'], ['deed': 'kill', when: 'after', event: event, victim: mortal.pid()])
        mortal.rise()

        expect: 'a run that failed, or one that waited for the server'
        victim.end() in [0, 1, 3, 5]
        goOn(file) == 0
        endsUndisturbed(mortal, undisturbed)

        where:
        event << (ALL ? (2..events).toList() : [6, 26, 41])
    }

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
        plan(source, target, 'sites 5', 'crash_big')
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

    @Requires({ CrashSpec.limits() })
    def 'the ledger cannot be written at event #event, #room bytes into its line: the run stops, says so, and is resumed'() {
        given:
        ready(server)
        def file = plan(server)
        def victim = new Victim(wfumig, ['run', file, '--yes'], [deed: 'fill', when: 'before', event: event, room: room])

        expect:
        victim.end() == 1
        victim.said().contains('journal.jsonl cannot be written: File too large')
        victim.said().contains('wfumig resume')
        journal().size() == event - 1
        goOn(file) == 0
        endsUndisturbed(server, undisturbed)

        where:
        [event, room] << (ALL ? [(1..events), [0, 40]].combinations() : [[1, 0], [2, 40], [14, 0], [29, 40], [47, 0]])
    }

    @Requires({ CrashSpec.limits() })
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

    /** Whether a process can be given limits while it runs. */
    static boolean limits() {
        System.getenv('PATH').split(File.pathSeparator).any { Files.isExecutable(Path.of(it, 'prlimit')) }
    }
}
