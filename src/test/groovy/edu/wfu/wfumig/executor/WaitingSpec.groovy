package edu.wfu.wfumig.executor

import edu.wfu.wfumig.ScopeId
import edu.wfu.wfumig.dsl.OutsideValues
import edu.wfu.wfumig.dsl.PlanLanguage
import edu.wfu.wfumig.graph.Compiler
import edu.wfu.wfumig.graph.Step
import edu.wfu.wfumig.report.JsonProgress
import edu.wfu.wfumig.report.LineProgress
import edu.wfu.wfumig.report.ScopeLogs
import edu.wfu.wfumig.report.Watchers
import edu.wfu.wfumig.support.ExampleNetwork
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** A step that waits is seen to wait, by whoever looks. */
class WaitingSpec extends Specification {
    @TempDir Path folder

    def 'what a step waits for stands in the progress, in the events for machines and in the log, once each'() {
        given:
        def plan = PlanLanguage.read(Path.of('dsl-examples/throttle/plan.migration.groovy'), new OutsideValues([:], [:]))
        def graph = Compiler.compile(plan, ExampleNetwork.examples())
        def lines = new ByteArrayOutputStream()
        def json = new ByteArrayOutputStream()
        def watchers = new Watchers([new LineProgress(graph, new PrintStream(lines)), new JsonProgress(new PrintStream(json)), new ScopeLogs(folder)])
        def site = ScopeId.ofSite(22)
        def around = new Executor.Surroundings(watchers, null, null, null, null)
        Pulse pulse = new Attempt(new Attempt.Run(null, [:], around, null, { false }), new Lane(site, [], false), new Step.Export(site), null)

        when:
        pulse.waits('61 threads run on dev, the plan allows 50')
        pulse.goesOn()

        then:
        lines.toString().readLines() == ['  site-22/export waiting: 61 threads run on dev, the plan allows 50', '  site-22/export goes on']
        json.toString().readLines().collect { (it =~ /"text":"(.*)"/)[0][1] } == ['waits: 61 threads run on dev, the plan allows 50', 'goes on']
        Files.readAllLines(folder.resolve('site-22.log'))*.replaceFirst(/^\S+ /, '') == ['export: waits: 61 threads run on dev, the plan allows 50', 'export: goes on']
    }
}
