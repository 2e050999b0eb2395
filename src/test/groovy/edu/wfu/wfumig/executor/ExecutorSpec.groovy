package edu.wfu.wfumig.executor

import edu.wfu.wfumig.Problem
import edu.wfu.wfumig.Refusal
import edu.wfu.wfumig.ScopeId
import edu.wfu.wfumig.dsl.OutsideValues
import edu.wfu.wfumig.dsl.PlanLanguage
import edu.wfu.wfumig.graph.Compiler
import edu.wfu.wfumig.graph.Graph
import edu.wfu.wfumig.graph.Step
import edu.wfu.wfumig.ledger.Event
import edu.wfu.wfumig.ledger.Journal
import edu.wfu.wfumig.ledger.Ledger
import edu.wfu.wfumig.ledger.RunState.Outcome
import edu.wfu.wfumig.plan.Failures
import edu.wfu.wfumig.support.ExampleNetwork
import java.nio.file.Path
import java.time.Duration
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicInteger
import java.util.function.Consumer
import spock.lang.Specification
import spock.lang.TempDir

/** The executor with fake steps: order, lanes, failures, resume. */
class ExecutorSpec extends Specification {
    @TempDir Path state

    final Queue<String> calls = new ConcurrentLinkedQueue<>()
    Closure<?> onStep = { Step step, Pulse pulse -> }
    /** Who follows does its work behind the one that it follows. */
    Closure<?> atFirst = { Step step, Pulse pulse ->
        while (pulse.follows()) {
            pulse.moved(0, 0)
            Thread.sleep(1)
        }
        pulse.moved(0, 0)
    }
    Watcher watcher = new Watcher() { }
    Failures rules = new Failures(3, Duration.ofMillis(10), Duration.ofMillis(20), null, null, Failures.Then.PAUSE, null, null, null)
    List<String> ailments = []
    Set<ScopeId> leftOut = []
    Health health = new Health() {
        List<String> connections() { ailments }

        List<String> examine() { ailments }
    }
    List<String> asked = []
    Operator.Answer answer = Operator.Answer.PAUSE
    Consumer<Thread> released = { Thread thread -> }

    static Graph graph(String sites, String more = '') {
        def plan = PlanLanguage.read("""
            migration('fake') {
              environment('dev') { embedded { schema 'wp_dev' }; url 'http://dev.wfu.test' }
              environment('uat') { embedded { schema 'wp_uat' }; url 'http://uat.wfu.test' }
              from 'dev'
              to 'uat'
              sites { $sites }
              backup { dump() }
              archive { directory 'x' }
              $more
            }""".stripIndent(), 'fake.groovy', new OutsideValues([:], [:]))
        Compiler.compile(plan, ExampleNetwork.examples())
    }

    private Outcome run(Graph graph, int places = 1, int large = 1, Closure<?> prepare = null) {
        Map<Class, StepRunner> runners = [:]
        Step.getPermittedSubclasses().each { kind ->
            runners[kind] = { Step step, Pulse pulse ->
                atFirst(step, pulse)
                calls << step.id()
                onStep(step, pulse)
                [seen: step.id()]
            } as StepRunner
        }
        Ledger.open(state.resolve('run')).withCloseable { ledger ->
            def around = new Executor.Surroundings(watcher, new ThreadWorkers(places, released), health, { why -> asked << why; answer } as Operator, new Random(1))
            def executor = new Executor(graph, ledger, runners, rules, new Executor.Places(places, large, 3), around)
            prepare?.call(executor)
            executor.run(leftOut)
        }
    }

    def 'a lane runs in order, after preflight'() {
        expect:
        run(graph('sites 22')) == Outcome.DONE
        calls.toList() == ['preflight', 'site-22/export', 'site-22/stage', 'site-22/verify', 'site-22/backup', 'site-22/cutover', 'site-22/confirm', 'site-22/archive', 'site-22/clean']
    }

    def 'the network goes first and alone; a site new to the target has no backup'() {
        when:
        def outcome = run(graph('sites 22, 90; networkTables()'), 4)

        then:
        outcome == Outcome.DONE
        def all = calls.toList()
        all.indexOf('network/clean') < all.indexOf('site-22/export')
        all.indexOf('network/clean') < all.indexOf('site-90/export')
        !all.contains('site-90/backup')
    }

    def 'a step that fails at #verb leaves through clean and stops neither the others nor dirties them'() {
        given:
        onStep = { Step step, Pulse pulse -> if (step.id() == "site-22/$verb".toString()) throw new IllegalStateException('broken') }

        when:
        def outcome = run(graph('sites 3, 22, 43'))

        then:
        outcome == Outcome.PARTLY
        def all = calls.toList()
        def failedAt = all.indexOf("site-22/$verb".toString())
        all[failedAt + 1] == 'site-22/clean'
        all.containsAll('site-3/clean', 'site-43/clean', 'site-43/confirm')
        !all.subList(failedAt + 1, all.size()).any { it.startsWith('site-22/') && it != 'site-22/clean' }

        when: 'the run is resumed and nothing is broken any more'
        calls.clear()
        onStep = { Step step, Pulse pulse -> }
        outcome = run(graph('sites 3, 22, 43'))

        then:
        outcome == Outcome.DONE
        calls.toList() == again.collect { "site-22/$it".toString() }

        where:
        verb      | again
        'export'  | ['export', 'stage', 'verify', 'backup', 'cutover', 'confirm', 'archive', 'clean']
        'stage'   | ['stage', 'verify', 'backup', 'cutover', 'confirm', 'archive', 'clean']
        'verify'  | ['stage', 'verify', 'backup', 'cutover', 'confirm', 'archive', 'clean']
        'cutover' | ['stage', 'verify', 'backup', 'cutover', 'confirm', 'archive', 'clean']
        'confirm' | ['confirm', 'archive', 'clean']
        'archive' | ['archive', 'clean']
    }

    def 'a failure of #step stops the run'() {
        given:
        onStep = { Step one, Pulse pulse -> if (one.id() == step) throw new Refusal(Refusal.Kind.FAILED, Problem.of('no', '', '', '')) }

        expect:
        run(graph('sites 22; networkTables()')) == Outcome.FAILED
        !calls.any { it.startsWith('site-22') }

        where:
        step << ['preflight', 'network/export', 'network/cutover']
    }

    def 'lanes run side by side, but not more than there are places, and large ones within theirs'() {
        given:
        def now = new AtomicInteger()
        def most = new AtomicInteger()
        def both = new CountDownLatch(2)
        onStep = { Step step, Pulse pulse ->
            if (!(step instanceof Step.Export)) return
            most.accumulateAndGet(now.incrementAndGet(), Math::max)
            if (together > 1) {
                both.countDown()
                both.await(5, TimeUnit.SECONDS)
            }
            now.decrementAndGet()
        }

        expect:
        run(graph('sites 1, 3, 8, 43', more), places, 1) == Outcome.DONE
        most.get() == together

        where:
        places | more                                || together
        1      | ''                                  || 1
        2      | ''                                  || 2
        4      | 'largeSites { sites 1, 3, 8, 43 }'  || 1
    }

    def 'a run that is stopped goes on where it was'() {
        given:
        Executor running
        onStep = { Step step, Pulse pulse ->
            if (step.id() == 'site-22/stage') {
                running.stop()
                pulse.moved(1, 1)
            }
        }

        expect:
        run(graph('sites 22, 43'), 1, 1) { running = it } == Outcome.STOPPED
        calls.toList() == ['preflight', 'site-22/export', 'site-22/stage']

        when:
        calls.clear()
        onStep = { Step step, Pulse pulse -> }

        then:
        run(graph('sites 22, 43')) == Outcome.DONE
        calls.first() == 'site-22/stage'
        !calls.contains('site-22/export')
    }

    def 'a confirm that takes the cutover back has the whole lane behind the export done again'() {
        given:
        onStep = { Step step, Pulse pulse ->
            if (step.id() != 'site-22/confirm') return
            pulse.tookBack(new Step.Cutover(new ScopeId('site-22')))
            throw new Refusal(Refusal.Kind.MISMATCH, Problem.of('no', '', '', ''))
        }

        expect:
        run(graph('sites 22')) == Outcome.FAILED

        when:
        calls.clear()
        onStep = { Step step, Pulse pulse -> }

        then:
        run(graph('sites 22')) == Outcome.DONE
        calls.first() == 'site-22/stage'
        calls.contains('site-22/cutover')
    }

    def 'what a step noted is known to its next attempt'() {
        given:
        def noted = []
        onStep = { Step step, Pulse pulse ->
            if (step.id() != 'site-22/cutover') return
            noted << pulse.noted()
            pulse.note([moves: ['a', 'b']])
            if (noted.size() == 1) throw new IllegalStateException('broken')
        }

        when:
        run(graph('sites 22'))
        run(graph('sites 22'))

        then:
        noted == [[:], [moves: ['a', 'b']]]
    }

    /** Of the run's journal, what became of a step. */
    private List<String> became(String step) {
        Journal.read(state.resolve('run/journal.jsonl'))*.event().findAll { it.hasProperty('step') && it.step() == step }*.class*.simpleName
    }

    private static void await(CountDownLatch latch) {
        if (!latch.await(10, TimeUnit.SECONDS)) throw new IllegalStateException('waited in vain')
    }

    def 'a step that follows another runs beside it, and what comes next waits for both'() {
        given:
        atFirst = { Step step, Pulse pulse -> }
        def both = new CountDownLatch(2)
        def asked = new CountDownLatch(2)
        def ended = new ConcurrentLinkedQueue<String>()
        def follows = new ConcurrentHashMap()
        onStep = { Step step, Pulse pulse ->
            if (step.verb() in ['export', 'stage']) {
                both.countDown()
                await(both)
                follows[step.verb()] = pulse.follows()
                asked.countDown()
                await(asked)
                if (step.verb() == 'stage') while (pulse.follows()) pulse.moved(0, 0)
            } else if (step.scope() != null) {
                assert !pulse.follows()
            }
            if (step.verb() == 'verify') assert ended.toList() == ['preflight', 'export', 'stage']
            ended << step.verb()
        }

        expect:
        run(graph('sites 22')) == Outcome.DONE
        follows == [export: false, stage: true]
        calls.toList().drop(3) == ['verify', 'backup', 'cutover', 'confirm', 'archive', 'clean'].collect { "site-22/$it".toString() }
    }

    def 'every place has room for a step and the one that follows it'() {
        given:
        atFirst = { Step step, Pulse pulse -> }
        def all = new CountDownLatch(6)
        onStep = { Step step, Pulse pulse ->
            if (!(step.verb() in ['export', 'stage'])) return
            all.countDown()
            await(all)
        }

        expect:
        run(graph('sites 1, 3, 8'), 3) == Outcome.DONE
    }

    def 'when the leader fails, the follower ends at its next safe moment and is not recorded as failed'() {
        given:
        atFirst = { Step step, Pulse pulse -> }
        def staging = new CountDownLatch(1)
        onStep = { Step step, Pulse pulse ->
            if (step.id() == 'site-22/stage') {
                staging.countDown()
                while (true) pulse.moved(0, 0)
            }
            if (step.id() == 'site-22/export') {
                await(staging)
                throw new IllegalStateException('broken')
            }
        }

        expect:
        run(graph('sites 3, 22')) == Outcome.PARTLY
        became('site-22/export') == ['StepStarted', 'StepFailed', 'ScopeFailed']
        became('site-22/stage') == ['StepStarted']
        calls.count('site-22/clean') == 1
        !calls.contains('site-22/verify')

        when: 'it is resumed'
        calls.clear()
        onStep = { Step step, Pulse pulse -> }

        then:
        run(graph('sites 3, 22')) == Outcome.DONE
        calls.toList().take(2).toSorted() == ['site-22/export', 'site-22/stage']
    }

    def 'when the follower fails, the leader is brought to its end and is not done again on a resume'() {
        given:
        atFirst = { Step step, Pulse pulse -> }
        def failed = new CountDownLatch(1)
        watcher = new Watcher() {
            void failed(Step step, Throwable why) { if (step.id() == 'site-22/stage') failed.countDown() }
        }
        onStep = { Step step, Pulse pulse ->
            if (step.id() == 'site-22/stage') throw new IllegalStateException('broken')
            if (step.id() == 'site-22/export') {
                await(failed)
                100.times { pulse.moved(1, 1) }
            }
        }

        expect:
        run(graph('sites 3, 22')) == Outcome.PARTLY
        became('site-22/stage') == ['StepStarted', 'StepFailed', 'ScopeFailed']
        became('site-22/export') == ['StepStarted', 'StepDone']
        calls.toList().indexOf('site-22/clean') > calls.toList().indexOf('site-22/export')

        when: 'it is resumed'
        calls.clear()
        onStep = { Step step, Pulse pulse -> }

        then:
        run(graph('sites 3, 22')) == Outcome.DONE
        calls.first() == 'site-22/stage'
        !calls.contains('site-22/export')
    }

    def 'a follower that has nothing left to do is not recorded as done before its leader is'() {
        given:
        atFirst = { Step step, Pulse pulse -> }
        def told = new CountDownLatch(1)
        boolean staged = false
        watcher = new Watcher() {
            // Done, or asked whether it may go on: after its work, one of both comes.
            void done(Step step, long millis) { if (step.verb() == 'stage') told.countDown() }

            void moved(Step step, long rows, long bytes) { if (step.verb() == 'stage' && staged) told.countDown() }
        }
        onStep = { Step step, Pulse pulse ->
            if (step.verb() == 'stage') staged = true
            if (step.verb() == 'export') await(told)
        }

        expect:
        run(graph('sites 22')) == Outcome.DONE
        Journal.read(state.resolve('run/journal.jsonl'))*.event().findAll { it instanceof Event.StepDone }*.step().take(3) == ['preflight', 'site-22/export', 'site-22/stage']
    }

    def 'when what stopped the #who may pass, #again is tried again'() {
        given:
        atFirst = { Step step, Pulse pulse -> }
        def both = new CountDownLatch(2)
        def failed = new CountDownLatch(1)
        watcher = new Watcher() {
            void failed(Step step, Throwable why) { failed.countDown() }
        }
        onStep = { Step step, Pulse pulse ->
            if (!(step.verb() in ['export', 'stage']) || failed.count == 0) return
            both.countDown()
            await(both)
            if (step.verb() == who) throw passing()
            if (who == 'export') while (true) pulse.moved(0, 0)
            await(failed)
        }

        expect:
        run(graph('sites 22')) == Outcome.DONE
        [export: calls.count('site-22/export'), stage: calls.count('site-22/stage')] == tries

        where:
        who      || tries
        'export' || [export: 2, stage: 2]
        'stage'  || [export: 1, stage: 2]
        again = tries.findAll { it.value == 2 }.keySet().join(' and ')
    }

    def 'when the leader fails for good and the follower of something that may pass, the lane fails at once'() {
        given:
        atFirst = { Step step, Pulse pulse -> }
        def both = new CountDownLatch(2)
        def failed = new CountDownLatch(1)
        watcher = new Watcher() {
            void failed(Step step, Throwable why) { failed.countDown() }
        }
        onStep = { Step step, Pulse pulse ->
            if (!(step.verb() in ['export', 'stage'])) return
            both.countDown()
            await(both)
            if (step.verb() != broken) throw passing()
            await(failed)
            throw new IllegalStateException('broken')
        }

        expect:
        run(graph('sites 22')) == Outcome.FAILED
        calls.count { it == "site-22/$broken".toString() } == 1
        Ledger.peek(state.resolve('run')).steps()["site-22/$broken".toString()].error().endsWith('broken')

        where:
        broken << ['export', 'stage']
    }

    def 'a run that is stopped stops both; a resume has both go on'() {
        given:
        atFirst = { Step step, Pulse pulse -> }
        Executor running
        def both = new CountDownLatch(2)
        onStep = { Step step, Pulse pulse ->
            if (!(step.verb() in ['export', 'stage'])) return
            both.countDown()
            await(both)
            running.stop()
            while (true) pulse.moved(0, 0)
        }

        expect:
        run(graph('sites 22'), 1, 1) { running = it } == Outcome.STOPPED
        ['export', 'stage'].every { became("site-22/$it".toString()) == ['StepStarted'] }

        when:
        calls.clear()
        onStep = { Step step, Pulse pulse -> }

        then:
        run(graph('sites 22')) == Outcome.DONE
        calls.toList().take(2).toSorted() == ['site-22/export', 'site-22/stage']
    }

    private static Refusal passing() {
        new Refusal(Refusal.Kind.PASSING, Problem.of('a moment', '', '', ''))
    }

    def 'what may pass is tried again, what may not is not: #kind'() {
        given:
        onStep = { Step step, Pulse pulse -> if (step.id() == 'site-22/stage' && calls.count('site-22/stage') < 3) throw new Refusal(kind, Problem.of('no', '', '', '')) }

        expect:
        run(graph('sites 22')) == outcome
        calls.count('site-22/stage') == tries

        where:
        kind                  || outcome         | tries
        Refusal.Kind.PASSING  || Outcome.DONE    | 3
        Refusal.Kind.FAILED   || Outcome.FAILED  | 1
        Refusal.Kind.MISMATCH || Outcome.FAILED  | 1
    }

    def 'a step is not tried more often than the rules say'() {
        given:
        onStep = { Step step, Pulse pulse -> if (step.id() == 'site-22/verify') throw passing() }

        expect:
        run(graph('sites 3, 22')) == Outcome.PARTLY
        calls.count('site-22/verify') == 3
        calls.count('site-22/clean') == 1
    }

    def 'pauses double up to a bound, and no two are alike'() {
        given:
        def failures = new Failures(9, Duration.ofSeconds(2), Duration.ofSeconds(60), null, null, Failures.Then.PAUSE, null, null, null)

        expect:
        (2..8).collect { failures.pause(it, 1d).toSeconds() } == [2, 4, 8, 16, 32, 60, 60]
        (2..8).collect { failures.pause(it, 0d).toSeconds() } == [1, 2, 4, 8, 16, 30, 30]
    }

    def 'sites that fail one after the other #then the run, when all are well'() {
        given:
        rules = new Failures(1, Duration.ofMillis(1), Duration.ofMillis(1), null, 2, then, null, null, null)
        answer = said
        onStep = { Step step, Pulse pulse -> if (step.id().endsWith('/stage') && step.scope().text() != 'site-1') throw new IllegalStateException('broken') }

        expect:
        run(graph('sites 1, 3, 8, 22, 43')) == outcome
        calls.count { it.endsWith('/export') } == begun
        asked == questions
        Ledger.peek(state.resolve('run')).why() == (questions.empty || outcome != Outcome.PARTLY ? '2 sites failed one after the other; source, target and staging are well' : null)

        where:
        then                | said                     || outcome         | begun | questions
        Failures.Then.PAUSE | Operator.Answer.GO_ON    || Outcome.PAUSED  | 3     | []
        Failures.Then.ABORT | Operator.Answer.GO_ON    || Outcome.ABORTED | 3     | []
        Failures.Then.ASK   | Operator.Answer.PAUSE    || Outcome.PAUSED  | 3     | ['2 sites failed one after the other; source, target and staging are well']
        Failures.Then.ASK   | Operator.Answer.ABORT    || Outcome.ABORTED | 3     | ['2 sites failed one after the other; source, target and staging are well']
        Failures.Then.ASK   | Operator.Answer.GO_ON    || Outcome.PARTLY  | 5     | ['2 sites failed one after the other; source, target and staging are well', '4 sites failed one after the other; source, target and staging are well']
    }

    def 'when a database is ill the run pauses and says which, whatever the plan says'() {
        given:
        rules = new Failures(1, Duration.ofMillis(1), Duration.ofMillis(1), null, 2, Failures.Then.ABORT, null, null, null)
        ailments = ['the target is read-only']
        onStep = { Step step, Pulse pulse -> if (step.id().endsWith('/stage')) throw new IllegalStateException('broken') }

        expect:
        run(graph('sites 1, 3, 8')) == Outcome.PAUSED
        Ledger.peek(state.resolve('run')).why() == '2 sites failed one after the other; the target is read-only'
    }

    def 'health is checked every so many sites though nothing failed'() {
        given:
        rules = new Failures(1, Duration.ofMillis(1), Duration.ofMillis(1), null, null, Failures.Then.ABORT, null, 2, null)
        ailments = ['the source is ill: no answer']

        expect:
        run(graph('sites 1, 3, 8')) == Outcome.PAUSED
        calls.count { it.endsWith('/clean') } == 2
        Ledger.peek(state.resolve('run')).why() == 'after 2 sites; the source is ill: no answer'
    }

    def 'a good site in between starts the count anew; the count in all goes on'() {
        given:
        rules = new Failures(1, Duration.ofMillis(1), Duration.ofMillis(1), null, 2, Failures.Then.PAUSE, 3, null, null)
        onStep = { Step step, Pulse pulse -> if (step.id().endsWith('/stage') && step.scope().text() in ['site-1', 'site-8', 'site-43']) throw new IllegalStateException('broken') }

        expect:
        run(graph('sites 1, 3, 8, 22, 43, 70')) == Outcome.PAUSED
        Ledger.peek(state.resolve('run')).why().startsWith('3 sites failed;')
        !calls.contains('site-70/export')
    }

    def 'after a crash the count of failures goes on, after a pause it starts anew'() {
        given:
        rules = new Failures(1, Duration.ofMillis(1), Duration.ofMillis(1), null, 2, Failures.Then.PAUSE, null, null, null)
        Ledger.open(state.resolve('run')).withCloseable { ledger ->
            ledger.record(new Event.RunStarted('fake', '', '', ''))
            ledger.record(new Event.ScopeFailed(new ScopeId('site-1'), 'site-1/stage'))
            if (paused) ledger.record(new Event.RunEnded(Outcome.PAUSED, 'because'))
            ledger.record(new Event.RunResumed())
        }

        expect:
        Ledger.peek(state.resolve('run')).failedInARow() == counted

        where:
        paused || counted
        false  || 1
        true   || 0
    }

    def 'a site that takes too long is released from what it waits for, cleaned up, and the next one starts'() {
        given:
        rules = new Failures(3, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(200), null, Failures.Then.PAUSE, null, null, null)
        def hanging = new CountDownLatch(1)
        released = { Thread thread -> hanging.countDown() }
        onStep = { Step step, Pulse pulse ->
            if (step.id() != 'site-22/stage') return
            hanging.await()
            throw new IllegalStateException('the connection was cut')
        }

        expect:
        run(graph('sites 22, 43')) == Outcome.PARTLY
        calls.count('site-22/stage') == 1
        calls.containsAll('site-22/clean', 'site-43/clean')
        Ledger.peek(state.resolve('run')).steps()['site-22/stage'].error().contains('site-22 took longer than it may')
    }

    def 'a site that is #how ends as #outcome when it takes longer than others may'() {
        given:
        rules = new Failures(1, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(2), null, Failures.Then.PAUSE, null, null, null)
        onStep = { Step step, Pulse pulse -> if (step.id() == 'site-22/stage') Thread.sleep(2_300); pulse.moved(1, 1) }

        expect:
        run(graph('sites 22', more)) == outcome

        where:
        how         | more                       || outcome
        'large'     | 'largeSites { sites 22 }'  || Outcome.DONE
        'not large' | ''                         || Outcome.FAILED
    }

    def 'scopes that are left out are not touched'() {
        given:
        leftOut = [new ScopeId('site-22')] as Set

        expect:
        run(graph('sites 3, 22')) == Outcome.PARTLY
        !calls.any { it.startsWith('site-22') }
    }

    def 'a ledger that cannot be written stops the run at once'() {
        given:
        def folder = state.resolve('run')
        onStep = { Step step, Pulse pulse -> if (step.id() == 'site-3/stage') pulse.note([closed: Closed.close(folder)]) }

        when:
        run(graph('sites 3, 22, 43'), 1, 1) { Closed.executor = it }

        then:
        thrown(Refusal)
        !calls.any { it.startsWith('site-43') }
    }

    /** Closes the journal of the running executor under its feet. */
    static class Closed {
        static Executor executor

        static String close(Path folder) {
            executor.@ledger.close()
            folder.toString()
        }
    }
}
