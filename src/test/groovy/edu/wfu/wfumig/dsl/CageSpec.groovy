package edu.wfu.wfumig.dsl

import edu.wfu.wfumig.Refusal
import edu.wfu.wfumig.support.Victim
import edu.wfu.wfumig.support.Wfumig
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification

/** Attempts to act from inside a plan. Each is refused while compiling, with its place. */
class CageSpec extends Specification {
    static final List<List<String>> ATTEMPTS = Files.readAllLines(Path.of('src/test/resources/dsl/escapes.tsv'))*.split('\t')*.toList()

    def 'there are at least 40 attempts, each with a name of its own'() {
        expect:
        ATTEMPTS.size() >= 40
        ATTEMPTS*.get(0).toUnique().size() == ATTEMPTS.size()
    }

    def 'refused: #attempt'() {
        given:
        def code = text.replace('\\n', '\n')
        def plan = code.startsWith('@top ') ? code.substring(5) : "migration('x') {\n$code\n}".toString()

        when:
        PlanLanguage.read(plan, 'escape.groovy', new OutsideValues([:], [:]))

        then:
        def refusal = thrown(Refusal)
        refusal.kind() == Refusal.Kind.INVALID
        refusal.problems().any { it.found().contains(expected) && it.at().line() >= 1 }

        where:
        [attempt, expected, text] << ATTEMPTS
    }

    def 'a plan that computes for ever is stopped, with the line it is at'() {
        given: 'a JVM of its own, where it does not go on beside all specs that follow'
        def wfumig = new Wfumig()
        def loops = (1..8).collect { "for (a$it in 1..100000) {" }.join(' ')
        def plan = wfumig.plan("migration('x') {\n$loops\n def b = 1 ${'}' * 8}\n}", 'endless.migration.groovy')
        def victim = new Victim(wfumig, ['validate', plan.toString()])

        expect:
        victim.end() == 2
        victim.said() =~ /endless\.migration\.groovy:[23].*the plan is still computing after \d+ seconds/
    }

    def 'what a plan needs is allowed: lists, maps, closures, conditions, texts'() {
        given:
        def plan = PlanLanguage.read('''
            migration('computes') {
              def names = ['dev', 'uat']
              for (name in names) {
                environment(name) {
                  embedded { schema 'wp_' + name.toLowerCase() }
                  url "http://${name}.wfu.test"
                }
              }
              from names[0]
              to names.last()
              def ids = [1, 2, 3].findAll { it > 1 }.collect { it * 10 }
              def extra = [posts: 'x', terms: 'y']
              sites { sites ids; if (names.size() == 2) { networkTables() } }
              tables { extra.each { key, value -> exclude "*_${key}_${value}" } }
            }'''.stripIndent(), 'computes.groovy', new OutsideValues([:], [:]))

        expect:
        plan.sites().listed()*.first() == [20L, 30L]
        plan.sites().networkTables()
        plan.tables().exclude()*.pattern() == ['*_posts_x', '*_terms_y']
        plan.source().url() == 'http://dev.wfu.test'
    }
}
