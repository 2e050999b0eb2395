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
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification

/**
 * A run is killed, or what it stands on breaks, at every point; resumed, it ends where an undisturbed run ends.
 * {@code WFUMIG_CRASHES=all} means every boundary of every ledger event and 1,000 random moments, else a sample.
 * {@code WFUMIG_CRASH_SEED} repeats the random moments of an earlier test run.
 */
class CrashSpec extends Specification {
    static final boolean ALL = System.getenv('WFUMIG_CRASHES') == 'all'
    static final long SEED = (System.getenv('WFUMIG_CRASH_SEED') ?: System.nanoTime() % 1_000_000) as long

    @Shared TestServer server = TestServer.embedded()
    /** What the target is before a run, how the undisturbed run ended, and how it went. */
    @Shared Map<String, String> before
    @Shared Map<String, String> undisturbed
    @Shared int events
    @Shared long begins
    @Shared long takes
    @Shared boolean dirty = false
    @Shared Wfumig wfumig

    def setupSpec() {
        println "random moments of CrashSpec: WFUMIG_CRASH_SEED=$SEED"
        fresh(server)
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
    }

    def setup() {
        wfumig = new Wfumig()
        if (dirty) fresh(server)
        dirty = true
    }

    def cleanupSpec() {
        server.drop('crash_dev', 'crash_uat', 'crash_staging')
    }

    private void fresh(TestServer server) {
        server.drop('crash_dev', 'crash_uat', 'crash_staging')
        server.load('crash_dev', 'dev')
        server.load('crash_uat', 'uat')
    }

    private String plan(TestServer source, TestServer target = source, String sites = 'sites 5, 22; networkTables()') {
        wfumig.plan("""
            migration('crash') {
              ${wfumig.ends(source, 'crash_dev', target, 'crash_uat')}
              staging { schema 'crash_staging' }
              sites { $sites }
              parallel { sites 2 }
              backup { dump() }
              archive { directory '${wfumig.home.resolve('archive')}' }
            }""").toString()
    }

    private static Map<String, String> target(TestServer server) {
        server.picture(['crash_uat']).findAll { it.key != 'crash_uat.wfumig_history' }
    }

    private Map<String, String> end(TestServer server) {
        RunEnd.of(wfumig, server, 'crash_uat', 'crash_staging')
    }

    private List<String> journal() {
        def journals = Files.isDirectory(wfumig.state) ? Files.list(wfumig.state).withCloseable { it.toList() }*.resolve('journal.jsonl').findAll { Files.exists(it) } : []
        journals ? Files.readAllLines(journals[0]) : []
    }

    private boolean hasLedger() { !journal().isEmpty() }

    /** Goes on as a person does: waits while the server still holds the dead one's lock, begins anew what never began. */
    private int goOn(String plan) {
        boolean begun = hasLedger()
        if (!begun && wfumig.call('resume') != 2) return -1
        for (int i = 0; ; i++) {
            int code = begun ? wfumig.call('resume') : wfumig.call('run', plan, '--yes')
            if (code != 5 || i > 100) return code
            Thread.sleep(100)
        }
    }

    /** The run ended as if nothing had happened, and the way back is open. */
    private void endsUndisturbed(TestServer server, Map<String, String> undisturbed, Map<String, String> before) {
        def difference = differences(end(server), undisturbed)
        assert difference.isEmpty()
        assert wfumig.call('rollback') == 0: wfumig.out + wfumig.err
        assert differences(target(server), before).isEmpty()
        assert server.picture(RunEnd.kept(server, 'crash_uat')).isEmpty()
        dirty = false
    }

    private static Map<String, String> differences(Map<String, String> found, Map<String, String> expected) {
        (found.keySet() + expected.keySet()).findAll { found[it] != expected[it] }
                .collectEntries { [it, "expected ${expected[it]}\n   found ${found[it]}"] }
    }

    /** Every boundary of every event; or the first, the last and one of every ten, as many before as after an event. */
    private static List<List> boundaries(int events) {
        def all = (1..events).collectMany { [['before', it], ['after', it]] }
        ALL ? all : ([all.first(), all.last()] + all.collate(10).withIndex().collect { ten, i -> ten[(3 + 3 * i) % ten.size()] }).unique()
    }

    def 'killed #when event #event, it is resumed and ends as undisturbed'() {
        given:
        def file = plan(server)
        def victim = new Victim(wfumig, ['run', file, '--yes'], ['deed': 'kill', when: when, event: event])

        expect:
        victim.end() == Victim.KILLED
        journal().size() == (when == 'before' ? event - 1 : event)
        goOn(file) == 0
        endsUndisturbed(server, undisturbed, before)

        where:
        [when, event] << boundaries(events)
    }

    def 'killed after #moment ms, it is resumed and ends as undisturbed'() {
        given:
        def file = plan(server)
        new Victim(wfumig, ['run', file, '--yes']).killedAfter(moment).end()

        expect:
        goOn(file) == 0
        endsUndisturbed(server, undisturbed, before)

        where: 'most of the time before the first event goes by without wfumig'
        moment << new Random(SEED).longs(ALL ? 1_000 : 15, begins.intdiv(2), takes).toList()
    }
}
