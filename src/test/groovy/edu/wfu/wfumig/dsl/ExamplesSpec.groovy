package edu.wfu.wfumig.dsl

import edu.wfu.wfumig.Refusal
import edu.wfu.wfumig.graph.Compiler
import edu.wfu.wfumig.report.Preview
import edu.wfu.wfumig.support.ExampleNetwork
import edu.wfu.wfumig.support.ExampleTables
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification

/**
 * Every folder of dsl-examples: a plan, and the preview or the refusal that it gets. After a change that is meant, run
 * with WFUMIG_ACCEPT=1 and read the difference in Git.
 */
class ExamplesSpec extends Specification {
    /** All but the migrations that plans name. */
    static final List<String> CASES = Path.of('dsl-examples').toFile().listFiles().findAll { it.directory && it.name != 'schema' }*.name.sort()

    def 'there are at least 25 examples'() {
        expect:
        CASES.size() >= 25
    }

    def 'the example #name'() {
        given:
        def folder = Path.of('dsl-examples', name)
        def (expected, found) = ['graph.txt', 'error.txt'].collect { folder.resolve(it) }.with { files -> outcome(folder, files) }

        expect:
        Files.readString(expected) == found
        Files.exists(folder.resolve('graph.txt')) != Files.exists(folder.resolve('error.txt'))

        where:
        name << CASES
    }

    private List outcome(Path folder, List<Path> files) {
        def text
        def file
        try {
            def plan = PlanLanguage.read(Files.readString(folder.resolve('plan.migration.groovy')), 'plan.migration.groovy', new OutsideValues([:], [:]))
            def inventory = plan.target().server().postgres() ? ExampleTables.examples() : ExampleNetwork.examples()
            text = new Preview(plan, Compiler.compile(plan, inventory)).text()
            file = files[0]
        } catch (Refusal refusal) {
            text = refusal.problems().join('\n') + '\n'
            file = files[1]
        }
        if (System.getenv('WFUMIG_ACCEPT')) Files.writeString(file, text)
        [file, text]
    }
}
