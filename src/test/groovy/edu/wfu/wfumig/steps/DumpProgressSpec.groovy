package edu.wfu.wfumig.steps

import edu.wfu.wfumig.dump.DumpReader
import edu.wfu.wfumig.dump.DumpWriter
import edu.wfu.wfumig.dump.Manifest
import edu.wfu.wfumig.steps.Counts.Counted
import edu.wfu.wfumig.support.DumpText
import edu.wfu.wfumig.support.FakePulse
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** What of a dump is safe, when tables are written at the same time. */
class DumpProgressSpec extends Specification {
    @TempDir Path folder
    def pulse = new FakePulse()

    private Path file(String name = 'source') {
        folder.resolve("site-1/${name}.sql.zst")
    }

    private FakeDump newDump(Map<String, String> definitions, Closure<Map<String, Object>> facts = { [:] }) {
        new FakeDump(file(), pulse, definitions, facts)
    }

    /** What a dump restores that was written without a break: tables to the ids of their chunks. */
    private Map<String, String> undisturbed(Map<String, List<Integer>> chunks, Map<String, String> definitions = FakeDump.tables(chunks.keySet() as String[])) {
        new FakeDump(file('undisturbed'), new FakePulse(), definitions).withCloseable { dump ->
            chunks.each { table, ids ->
                dump.begin(table)
                ids.each { dump.full(table, it) }
            }
            dump.end()
        }
        DumpText.of(file('undisturbed'))
    }

    /** The ids that the manifest leads to. */
    private List<Integer> ids(Manifest manifest, String table) {
        new DumpReader(file()).withCloseable { reader ->
            manifest.table(table).chunks().collect {
                def raw = reader.open(reader.packed(it.frame()), it.frame())
                def row = new byte[2][]
                FakeDump.FORMAT.parse(raw, it.rowsAt(), row)
                new String(row[0]) as int
            }
        }
    }

    def 'tables that are written at the same time are kept each up to its own last checkpoint'() {
        given:
        def tables = FakeDump.tables('a', 'b', 'c')
        newDump(tables).withCloseable { left ->
            left.begin('a', 'b', 'c')
            left.full('a', 1)
            left.full('b', 1)
            left.full('a', 2)
            left.full('c', 1)
            left.full('b', 2)
            left.complete('b')
            if (flushed) left.flush()
            left.small('a', 3)
        }

        when:
        def dump = newDump(tables)

        then:
        dump.progress.resumes()
        ['a', 'b', 'c'].collect { dump.progress.of(it).last() } == [['2'], ['2'], ['1']]
        ['a', 'b', 'c'].collect { dump.progress.of(it).chunks().size() } == [2, 2, 1]
        ['a', 'b', 'c'].collect { dump.progress.of(it).complete() } == [false, flushed, false]
        dump.dump.position() == pulse.ledger.max { it.end() }.end()

        when: 'it is gone on with'
        dump.begin('a', 'b', 'c')
        [3, 4].each { dump.full('a', it) }
        dump.full('c', 2)
        def manifest = dump.end()

        then:
        [a: [1, 2, 3, 4], b: [1, 2], c: [1, 2]].every { table, wanted -> ids(manifest, table) == wanted }
        DumpText.of(file()) == undisturbed([a: [1, 2, 3, 4], b: [1, 2], c: [1, 2]])

        cleanup:
        dump?.close()

        where:
        flushed << [true, false]
    }

    def 'a table without a cursor begins again behind what is kept, and what was there of it before does not count'() {
        given:
        def tables = FakeDump.tables('keyed', 'plain')
        newDump(tables).withCloseable { left ->
            left.begin('keyed', 'plain')
            left.full('plain', 1, false)
            left.full('keyed', 1)
            left.full('plain', 2, false)
        }

        when:
        def dump = newDump(tables)
        def end = dump.progress.end()
        dump.begin('keyed', 'plain')

        then:
        dump.progress.of('plain') == null
        dump.progress.of('keyed').last() == ['1']
        end == pulse.ledger*.end().max()

        when: 'it is begun again, and left again'
        [1, 2, 3].each { dump.full('plain', it, false) }
        if (complete) dump.complete('plain')
        dump.flush()
        dump.close()
        dump = new FakeDump(file(), pulse, tables)
        def kept = dump.progress.of('plain')

        then:
        (kept != null) == complete
        !complete || kept.begins() == end
        !complete || kept.chunks()*.last() == [null, null, null]

        when:
        dump.begin('keyed', 'plain')
        if (!complete) [1, 2, 3].each { dump.full('plain', it, false) }
        dump.full('keyed', 2)
        def manifest = dump.end()

        then:
        ids(manifest, 'plain') == [1, 2, 3]
        ids(manifest, 'keyed') == [1, 2]
        DumpText.of(file()) == undisturbed([keyed: [1, 2], plain: [1, 2, 3]])

        cleanup:
        dump?.close()

        where:
        complete << [true, false]
    }

    def 'a table whose definition has changed is not kept, complete or not; the others are'() {
        given:
        def tables = FakeDump.tables('a', 'b')
        def changed = tables + [a: 'CREATE TABLE `a` (id BIGINT PRIMARY KEY, t LONGTEXT) COMMENT="changed"']
        newDump(tables).withCloseable { left ->
            left.begin('a', 'b')
            left.full('a', 1)
            left.full('b', 1)
            if (complete) left.complete('a')
            left.flush()
        }

        when:
        def dump = newDump(changed)

        then:
        dump.progress.of('a') == null
        dump.progress.of('b').last() == ['1']

        when:
        dump.begin('a', 'b')
        [1, 2].each { dump.full('a', it) }
        dump.end()
        dump.close()

        then: 'from then on the new one counts'
        DumpText.of(file()) == undisturbed([a: [1, 2], b: [1]], changed)
        found(changed).of('a').chunks()*.last() == [['1'], ['2']]
        found(tables).of('a') == null

        cleanup:
        dump?.close()

        where:
        complete << [false, true]
    }

    private DumpProgress found(Map<String, String> definitions, Path path = file(), Closure keepable = { table, kept -> true }) {
        new DumpProgress(pulse, path, definitions, { }, keepable, { [:] }, { })
    }

    def 'what was counted in chunks that are not safe is not in the facts'() {
        given:
        def counts = new Counts(2)
        def one = { int rule, long rows -> { -> counts.add(new Counted([rule == 0 ? 1 : 0, rule == 1 ? 1 : 0] as long[], rows, 0)) } }
        def dump = newDump(FakeDump.tables('a', 'b'), counts.&facts).begin('a', 'b')

        when:
        dump.small('a', 1, true, one(0, 10))
        dump.small('b', 1, true, one(1, 100))

        then:
        pulse.facts == [:]

        when:
        dump.full('a', 2, true, one(0, 1000))

        then:
        pulse.facts == [changedRows: 1110L, leftovers: 0L, replaced: ['0': 2L, '1': 1L]]
        pulse.ledger*.table() == ['a', 'b', 'a']
        pulse.events == 1

        when:
        dump.small('b', 2, true, one(1, 10_000))
        dump.written('b', 3)

        then:
        pulse.facts.changedRows == 1110L

        when: 'a resume counts on from there, and ends with each chunk counted once'
        dump.close()
        counts = new Counts(2)
        counts.goOn(pulse.noted())
        dump = new FakeDump(file(), pulse, FakeDump.tables('a', 'b'), counts.&facts).begin('a', 'b')
        dump.small('b', 2, true, one(1, 10_000))
        dump.small('b', 3, true, one(1, 100_000))
        dump.end()

        then:
        pulse.facts == [changedRows: 111_110L, leftovers: 0L, replaced: ['0': 2L, '1': 3L]]

        cleanup:
        dump?.close()
    }

    def 'who follows is told what is safe when the ledger has it, each chunk once, in the order in which it was written'() {
        given:
        def told = []
        def dump = newDump(FakeDump.tables('a', 'b')).begin('a', 'b')
        dump.follower = {
            assert it in pulse.ledger
            told << [it.table(), it.complete() ? 'complete' : it.last()[0]]
        }

        when:
        dump.small('a', 1)
        dump.small('b', 1)
        dump.complete('b')

        then:
        told == []

        when:
        dump.full('a', 2)
        dump.flush()

        then:
        told == [['a', '1'], ['b', '1'], ['b', 'complete'], ['a', '2']]

        cleanup:
        dump?.close()
    }

    def 'when the file is #what, nothing is kept, and the ledger forgets it'() {
        given:
        def tables = FakeDump.tables('a')
        newDump(tables).withCloseable { it.begin('a').full('a', 1) }
        harm(file())

        when:
        def progress = found(tables)

        then:
        progress.resumes() == kept
        (progress.of('a') != null) == kept
        pulse.ledger.empty != kept
        (progress.end() > 0) == kept

        where:
        what                           | harm                                                                 || kept
        'gone'                         | { Path p -> Files.delete(p) }                                        || false
        'shorter than the ledger says' | { Path p -> Files.write(p, Files.readAllBytes(p)[0..-2] as byte[]) } || false
        'longer than the ledger says'  | { Path p -> Files.write(p, (Files.readAllBytes(p).toList() + [(byte) 1]) as byte[]) } || true
    }

    def 'where no file is written, what was counted is kept without one'() {
        given:
        def tables = FakeDump.tables('a')
        newDump(tables).withCloseable { it.begin('a').full('a', 1) }
        Files.delete(file())

        expect:
        found(tables, null).of('a').last() == ['1']
    }

    def 'a table that may not be kept is begun again; when none may, the ledger forgets all'() {
        given:
        def tables = FakeDump.tables('a', 'b')
        newDump(tables).withCloseable { left ->
            left.begin('a', 'b')
            left.full('a', 1)
            left.full('b', 1)
        }

        expect:
        found(tables, file(), { table, kept -> table == 'b' }).with { it.of('a') == null && it.of('b') != null && it.end() > 0 }
        !pulse.ledger.empty
        found(tables, file(), { table, kept -> false }).with { it.of('a') == null && it.of('b') == null && it.end() == 0 }
        pulse.ledger.empty
    }

    def 'where only the manifest is written, it says of each table what would be in the file, and goes on likewise'() {
        given:
        def path = file('migrated')
        def whole = DumpWriter.countingOnly(path, 'site-1', '', '', 0).withCloseable { dump ->
            dump.table(FakeDump.part('a'))
            dump.complete(['a'], [], [])
        }

        expect:
        !Files.exists(path)
        Manifest.of(path) == whole
        whole.bytes() == Manifest.NO_FILE
        DumpWriter.countingOnly(path, 'site-1', '', '', 700).withCloseable { it.position() } == 700
    }
}
