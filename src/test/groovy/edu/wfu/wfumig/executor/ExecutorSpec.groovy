package edu.wfu.wfumig.executor

import edu.wfu.wfumig.Problem
import edu.wfu.wfumig.Refusal
import edu.wfu.wfumig.ScopeId
import edu.wfu.wfumig.dsl.OutsideValues
import edu.wfu.wfumig.dsl.PlanLanguage
import edu.wfu.wfumig.graph.Compiler
import edu.wfu.wfumig.graph.Graph
import edu.wfu.wfumig.graph.Step
import edu.wfu.wfumig.ledger.Ledger
import edu.wfu.wfumig.ledger.RunState.Outcome
import edu.wfu.wfumig.support.ExampleNetwork
import java.nio.file.Path
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicInteger
import spock.lang.Specification
import spock.lang.TempDir

/** The executor with fake steps: order, lanes, failures, resume. */
class ExecutorSpec extends Specification {
    @TempDir Path state

    final Queue<String> calls = new ConcurrentLinkedQueue<>()
    Closure<?> onStep = { Step step, Pulse pulse -> }

    private static Graph graph(String sites, String more = '') {
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
                calls << step.id()
                onStep(step, pulse)
                [seen: step.id()]
            } as StepRunner
        }
        Ledger.open(state.resolve('run')).withCloseable { ledger ->
            def executor = new Executor(graph, ledger, runners, new Watcher() { }, new Executor.Places(places, large))
            prepare?.call(executor)
            executor.run()
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
