package edu.wfu.wfumig.steps

import edu.wfu.wfumig.support.Victim
import edu.wfu.wfumig.support.Wfumig
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification

/**
 * What holds on every product when a run is killed, or what it stands on breaks, at every point; resumed, it ends where an undisturbed run ends.
 * {@code WFUMIG_CRASHES=all} means every boundary of every ledger event and 1,000 random moments; a number, so many moments;
 * else a sample.
 * {@code WFUMIG_CRASH_SEED} repeats the random moments of an earlier test run.
 */
abstract class CrashContract<S> extends Specification {
    static final String CRASHES = System.getenv('WFUMIG_CRASHES')
    static final boolean ALL = CRASHES
    static final int MOMENTS = CRASHES == 'all' ? 1_000 : (CRASHES ?: 0) as int
    static final long SEED = (System.getenv('WFUMIG_CRASH_SEED') ?: System.nanoTime() % 1_000_000) as long


    /** What the target is before a run, how the undisturbed run ended, and how it went. */
    @Shared Map<String, String> before
    @Shared Map<String, String> undisturbed
    @Shared int events
    @Shared long begins
    @Shared long takes
    @Shared Wfumig wfumig
    /** Servers whose target is as it was before any run. */
    @Shared Set<S> clean = []

    /** The server that has the target. */
    abstract S server()

    /** One that can be killed, and rises again. */
    abstract S mortal()

    /** Makes source and target anew. */
    abstract void load(S server)

    /** The plan that moves them, in a file. */
    abstract String plan(S server)

    abstract Map<String, String> target(S server)

    /** What runs keep of what the target was. */
    abstract Map<String, String> kept(S server)

    /** All that the run left behind. */
    abstract Map<String, String> end(S server)

    /** Where the ordinary run of the tests kills and breaks; on demand, it is everywhere. */
    abstract Map<String, List> sample()

    /** The command that goes on. */
    protected List<String> resume() { ['resume'] }

    def setupSpec() {
        println "random moments of ${getClass().simpleName}: WFUMIG_CRASH_SEED=$SEED"
        ready(server())
        before = target(server())
        wfumig = new Wfumig()
        def start = System.nanoTime()
        def run = new Victim(wfumig, ['run', plan(server()), '--yes'])
        while (run.alive() && !hasLedger()) Thread.sleep(1)
        begins = (System.nanoTime() - start).intdiv(1_000_000)
        assert run.end() == 0: run.said()
        takes = (System.nanoTime() - start).intdiv(1_000_000)
        undisturbed = end(server())
        events = journal().size()
        println "the undisturbed run: $events events in $takes ms, the first one after $begins ms"
        assert wfumig.call('rollback') == 0
        assert differences(target(server()), before).isEmpty()
        clean << server()
    }

    def setup() {
        wfumig = new Wfumig()
    }

    /** Loading takes longer than a run, so what was rolled back is taken for the next one. */
    protected void ready(S server) {
        if (!clean.remove(server)) load(server)
    }

    protected List<String> journal() {
        def journals = Files.isDirectory(wfumig.state) ? Files.list(wfumig.state).withCloseable { it.toList() }*.resolve('journal.jsonl').findAll { Files.exists(it) } : []
        journals ? Files.readAllLines(journals[0]).findAll { it.endsWith('}') } : []
    }

    protected boolean hasLedger() { !journal().isEmpty() }

    /** Goes on as a person does: waits while the server still holds the dead one's lock, begins anew what never began. */
    protected int goOn(String plan) {
        boolean begun = hasLedger()
        if (!begun && wfumig.call('resume') != 2) return -1
        patiently { begun ? wfumig.call(*resume()) : wfumig.call('run', plan, '--yes') }
    }

    protected static int patiently(Closure<Integer> command) {
        int code = command()
        for (int i = 0; code == 5 && i < 100; i++) {
            Thread.sleep(100)
            code = command()
        }
        code
    }

    /** The run ended as if nothing had happened, and the way back is open. */
    protected void endsUndisturbed(S server, Map<String, String> undisturbed) {
        def difference = differences(end(server), undisturbed)
        assert difference.isEmpty()
        assert wfumig.call('rollback') == 0: wfumig.out + wfumig.err
        isAsBefore(server)
    }

    protected void isAsBefore(S server) {
        assert differences(target(server), before).isEmpty()
        assert kept(server).isEmpty()
        clean << server
        wfumig.home.toFile().deleteDir()
    }

    protected static Map<String, String> differences(Map<String, String> found, Map<String, String> expected) {
        (found.keySet() + expected.keySet()).findAll { found[it] != expected[it] }
                .collectEntries { [it, "expected ${expected[it]}\n   found ${found[it]}"] }
    }

    /** Every boundary of every event; or the first, the last and one of every so many, as many before as after an event. */
    protected static List<List> boundaries(int events, int every = 1) {
        def all = (1..events).collectMany { [['before', it], ['after', it]] }
        ALL ? all : ([all.first(), all.last()] + all.collate(every).withIndex().collect { some, i -> some[(3 + 3 * i) % some.size()] }).unique()
    }

    def 'killed #when event #event, it is resumed and ends as undisturbed'() {
        given:
        ready(server())
        def file = plan(server())
        def victim = new Victim(wfumig, ['run', file, '--yes'], ['deed': 'kill', when: when, event: event])

        expect:
        victim.end() == Victim.KILLED
        journal().size() == (when == 'before' ? event - 1 : event)
        goOn(file) == 0
        endsUndisturbed(server(), undisturbed)

        where:
        [when, event] << boundaries(events, sample().every[0] as int)
    }

    def 'killed #moment ms after its first event, it is resumed and ends as undisturbed'() {
        given:
        ready(server())
        def file = plan(server())
        def victim = new Victim(wfumig, ['run', file, '--yes'])
        while (moment >= 0 && victim.alive() && !hasLedger()) Thread.sleep(1)
        victim.killedAfter(moment < 0 ? begins + moment : moment).end()

        expect:
        goOn(file) == 0
        endsUndisturbed(server(), undisturbed)

        where: 'counted from the first event, because machines are not equally fast all the time'
        moment << new Random(SEED).longs(MOMENTS ?: sample().moments[0] as int, -100, takes - begins).toList()
    }

    def 'killed #when event #event, it is rolled back at once, and the target is as it was'() {
        given:
        ready(server())
        def file = plan(server())
        new Victim(wfumig, ['run', file, '--yes'], ['deed': 'kill', when: when, event: event]).end()

        expect: 'nothing is asked about writes, because there were none'
        patiently { wfumig.call('rollback') } == 0
        isAsBefore(server())

        where:
        [when, event] << (ALL ? boundaries(events).drop(1) : sample().rolledBack)
    }

    def 'its server is killed after event #event and comes back: resumed, the run ends as undisturbed'() {
        given:
        def mortal = mortal()
        ready(mortal)
        def file = plan(mortal)
        def pid = mortal.pid()
        def victim = new Victim(wfumig, ['run', file, '--yes'], ['deed': 'kill', when: 'after', event: event, victim: pid])
        mortal.rise(pid)

        expect: 'a run that failed, or one that waited for the server'
        victim.end() in [0, 1, 3, 5]
        goOn(file) == 0
        endsUndisturbed(mortal, undisturbed)

        where:
        event << (ALL ? (2..events).toList() : sample().served)
    }

    @Requires({ CrashContract.limits() })
    def 'the ledger cannot be written at event #event, #room bytes into its line: the run stops, says so, and is resumed'() {
        given:
        ready(server())
        def file = plan(server())
        def victim = new Victim(wfumig, ['run', file, '--yes'], [deed: 'fill', when: 'before', event: event, room: room])

        expect:
        victim.end() == 1
        victim.said().contains('journal.jsonl cannot be written: File too large')
        victim.said().contains('wfumig resume')
        journal().size() == event - 1
        goOn(file) == 0
        endsUndisturbed(server(), undisturbed)

        where:
        [event, room] << (ALL ? [(1..events), [0, 40]].combinations() : sample().unwritten)
    }

    /** Whether a process can be given limits while it runs. */
    static boolean limits() {
        System.getenv('PATH').split(File.pathSeparator).any { Files.isExecutable(Path.of(it, 'prlimit')) }
    }
}
