package edu.wfu.wfumig.ledger

import edu.wfu.wfumig.Refusal
import edu.wfu.wfumig.ScopeId
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import spock.lang.Specification
import spock.lang.TempDir

class LedgerSpec extends Specification {
    @TempDir Path state

    private Path folder() {
        state.resolve('demo-2026-11-20T09-12-44')
    }

    private Path journal() {
        folder().resolve('journal.jsonl')
    }

    private void write() {
        Ledger.open(folder()).withCloseable {
            it.record(new Event.RunStarted('demo', 'p', 'g', 'server/uat'))
            it.record(new Event.StepStarted('site-1/export'))
            it.record(new Event.StepDone('site-1/export', 12, [rows: 3, digests: [wp_posts: [1, 2, 3]]]))
            it.record(new Event.StepStarted('site-1/stage'))
            it.record(new Event.Noted('site-1/stage', [cursor: 'after 5']))
            it.record(new Event.StepFailed('site-1/stage', 7, 'no room', true))
        }
    }

    def 'the state is a fold over the journal and survives a restart'() {
        given:
        write()

        when:
        def state = Ledger.peek(folder())

        then:
        state.plan() == 'demo'
        state.target() == 'server/uat'
        state.done('site-1/export')
        !state.done('site-1/stage')
        state.facts('site-1/export').rows == 3
        state.facts('site-1/export').digests == [wp_posts: [1, 2, 3]]
        state.facts('site-1/stage') == [cursor: 'after 5']
        state.steps()['site-1/stage'].phase() == RunState.Phase.FAILED
        state.steps()['site-1/stage'].error() == 'no room'
        state.steps()['site-1/stage'].mismatch()
        state.outcome() == RunState.Outcome.RUNNING
    }

    def 'attempts are counted; reopened steps are to be done again; the end is remembered'() {
        given:
        write()
        Ledger.open(folder()).withCloseable {
            it.record(new Event.RunResumed())
            it.record(new Event.StepStarted('site-1/stage'))
            it.record(new Event.StepDone('site-1/stage', 1, [:]))
            it.record(new Event.Reopened(['site-1/export']))
            it.record(new Event.RolledBack(new ScopeId('site-1')))
            it.record(new Event.KeptDropped(new ScopeId('site-2')))
            it.record(new Event.RunEnded(RunState.Outcome.PARTLY, 'why'))
        }

        when:
        def state = Ledger.peek(folder())

        then:
        state.steps()['site-1/stage'].attempts() == 2
        !state.done('site-1/export')
        state.rolledBack(new ScopeId('site-1'))
        state.keptDropped(new ScopeId('site-2'))
        state.outcome() == RunState.Outcome.PARTLY
        state.why() == 'why'
    }

    def 'a torn last line is cut off, wherever it was torn'() {
        given:
        write()
        def bytes = Files.readAllBytes(journal())
        def lastLine = bytes.toList().subList(0, bytes.length - 1).lastIndexOf((byte) 0x0a) + 1

        expect:
        (lastLine..<bytes.length).every { cut ->
            Files.write(journal(), Arrays.copyOf(bytes, cut))
            Ledger.open(folder()).withCloseable { it.state().steps()['site-1/stage'].phase() } == RunState.Phase.RUNNING &&
                    Files.size(journal()) == lastLine
        }
    }

    def 'anything else unreadable stops with the line: #what'() {
        given:
        write()
        def lines = Files.readAllLines(journal())
        change(lines)
        Files.write(journal(), lines)

        when:
        Ledger.open(folder())

        then:
        def refusal = thrown(Refusal)
        refusal.message.contains(message)

        where:
        what                   | change                                                                | message
        'a changed value'      | { List l -> l[2] = l[2].replace('"rows":3', '"rows":4') }              | 'line 3'
        'a missing line'       | { List l -> l.remove(1) }                                             | 'line 2'
        'lines that changed places' | { List l -> Collections.swap(l, 1, 2) }                           | 'line 2'
        'garbage'              | { List l -> l[0] = 'x' }                                              | 'line 1'
    }

    def 'a folder that cannot be written is refused'() {
        given:
        Files.writeString(state.resolve('file'), '')

        when:
        Ledger.open(state.resolve('file/run'))

        then:
        def refusal = thrown(Refusal)
        refusal.message.contains('--state-dir')
    }

    def 'a run that cannot be read hides no other'() {
        given:
        write()
        Files.createDirectories(state.resolve('broken'))
        Files.writeString(state.resolve('broken/journal.jsonl'), 'x\n')

        expect:
        new Runs(state).all()*.id() == [folder().fileName.toString()]
    }

    def 'views follow the journal'() {
        given:
        write()
        def runs = new Runs(state)

        when:
        Views.write(runs, folder(), Ledger.peek(folder()))
        def json = new com.fasterxml.jackson.databind.ObjectMapper()

        then:
        json.readTree(folder().resolve('state.json').toFile()).at('/steps/site-1~1export/phase').asText() == 'done'
        json.readTree(folder().resolve('failed.json').toFile())[0].get('error').asText() == 'no room'
        json.readTree(folder().resolve('completed.json').toFile()).size() == 0
        json.readTree(state.resolve('index.json').toFile())[0].get('run').asText() == folder().fileName.toString()
        runs.latest().get().id() == folder().fileName.toString()
    }

    def 'the index keeps what it knows of other runs, forgets those whose folder is gone, and is made anew when it is damaged'() {
        given:
        write()
        def runs = new Runs(state)
        def index = state.resolve('index.json')
        Files.createDirectories(state.resolve('other'))
        Files.writeString(index, '[{"run": "gone", "started": "2026-01-01T00:00:00Z"}, {"run": "other", "started": "2026-01-02T00:00:00Z"}]')

        when:
        Views.write(runs, folder(), Ledger.peek(folder()))

        then:
        new com.fasterxml.jackson.databind.ObjectMapper().readTree(index.toFile())*.get('run')*.asText() == [folder().fileName.toString(), 'other']

        when:
        Files.writeString(index, '[{"run": "oth')
        Views.write(runs, folder(), Ledger.peek(folder()))

        then:
        new com.fasterxml.jackson.databind.ObjectMapper().readTree(index.toFile())*.get('run')*.asText() == [folder().fileName.toString()]
    }

    def 'ids are readable; each is claimed by one run, however many begin in the same second'() {
        given:
        def runs = new Runs(state.resolve('new'))
        def ids = Collections.synchronizedList([])
        def together = (1..8).collect { Thread.start { 25.times { ids << runs.claim('demo') } } }

        when:
        together*.join()

        then:
        ids.toSet().size() == 200
        ids.every { it ==~ /demo-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d(-\d+)?/ }
        ids.every { PosixFilePermissions.toString(Files.getPosixFilePermissions(runs.folder().resolve(it))) == 'rwx------' }
        runs.all() == []
    }

    def 'an id is not claimed where no folder can be made'() {
        given:
        Files.writeString(state.resolve('file'), '')

        when:
        new Runs(state.resolve('file/below')).claim('demo')

        then:
        def refusal = thrown(Refusal)
        refusal.message.contains('--state-dir')
    }
}
