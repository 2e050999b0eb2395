package edu.wfu.wfumig.executor

import edu.wfu.wfumig.dsl.OutsideValues
import edu.wfu.wfumig.dsl.PlanLanguage
import edu.wfu.wfumig.graph.Compiler
import edu.wfu.wfumig.graph.Graph
import edu.wfu.wfumig.graph.Step
import edu.wfu.wfumig.inventory.Inventory
import edu.wfu.wfumig.ledger.Event
import edu.wfu.wfumig.ledger.Ledger
import edu.wfu.wfumig.ledger.Runs
import edu.wfu.wfumig.ledger.RunState.Outcome
import edu.wfu.wfumig.ledger.Views
import edu.wfu.wfumig.plan.Failures
import edu.wfu.wfumig.support.ExampleNetwork
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/**
 * What the book-keeping of many sites costs, with steps that do nothing: events and bytes are counted, times are printed.
 * {@code WFUMIG_SITES=10000 ./mvnw test -Dtest=BookKeepingSpec} takes the size of a large network.
 */
class BookKeepingSpec extends Specification {
    static final int SITES = (System.getenv('WFUMIG_SITES') ?: '1000') as int
    @TempDir Path state

    private static Graph graph(int sites) {
        def ends = ['dev', 'uat'].collect { end -> ExampleNetwork.holding("wp_$end", (1..sites).collect { ExampleNetwork.site(it, "${end}.wfu.test", it == 1 ? '/' : "/s$it/") }) }
        def plan = PlanLanguage.read('''
            migration('many') {
              environment('dev') { embedded { schema 'wp_dev' }; url 'http://dev.wfu.test' }
              environment('uat') { embedded { schema 'wp_uat' }; url 'https://uat.wfu.test' }
              from 'dev'
              to 'uat'
              sites { all() }
              backup { dump() }
              archive { directory 'x' }
            }'''.stripIndent(), 'many.groovy', new OutsideValues([:], [:]))
        Compiler.compile(plan, new Inventory(ends[0], ends[1]))
    }

    private Outcome run(Graph graph) {
        Map<Class, StepRunner> runners = [:]
        Step.getPermittedSubclasses().each { kind -> runners[kind] = { Step step, Pulse pulse -> [rows: 12] } as StepRunner }
        def folder = state.resolve('many-2026-11-20T00-00-00')
        Ledger.open(folder).withCloseable { ledger ->
            ledger.record(new Event.RunStarted('many', '', '', ''))
            Views.keep(folder, ledger)
            def well = new Health() {
                List<String> connections() { [] }

                List<String> examine() { [] }
            }
            def around = new Executor.Surroundings(new Watcher() { }, new ThreadWorkers(4, { }), well, { Operator.Answer.PAUSE } as Operator, new Random(1))
            def outcome = new Executor(graph, ledger, runners, Failures.DEFAULT, new Executor.Places(4, 1, 1), around).run([] as Set)
            Views.write(new Runs(state), folder, ledger.state())
            outcome
        }
    }

    private static long millis(Closure<?> what) {
        long start = System.nanoTime()
        what()
        (System.nanoTime() - start).intdiv(1_000_000)
    }

    def 'a run of many sites writes two small events a step, and a finished one is read again at once'() {
        given:
        Graph made
        long compiled = millis { made = graph(SITES) }
        int steps = made.steps().size()

        when:
        def outcome
        long ran = millis { outcome = run(made) }
        def journal = state.resolve('many-2026-11-20T00-00-00/journal.jsonl')
        long again = millis { assert run(made) == Outcome.DONE }
        println "$SITES sites, $steps steps: compiled in $compiled ms, ran in $ran ms (${(ran * 1000L).intdiv(steps)} us a step), a finished run is gone over in $again ms"

        then:
        outcome == Outcome.DONE
        steps == 8 * SITES + 1
        Files.readAllLines(journal).size() == 2 * steps + 2 + 2
        Files.size(journal) < 400L * steps
    }
}
