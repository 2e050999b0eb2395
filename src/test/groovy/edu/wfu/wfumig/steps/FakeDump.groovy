package edu.wfu.wfumig.steps

import edu.wfu.wfumig.RowDigest
import edu.wfu.wfumig.dump.DumpWriter
import edu.wfu.wfumig.dump.Manifest
import edu.wfu.wfumig.dump.Manifest.ChunkPart
import edu.wfu.wfumig.dump.Manifest.ColumnPart
import edu.wfu.wfumig.dump.Manifest.TablePart
import edu.wfu.wfumig.dump.MysqlRows
import edu.wfu.wfumig.dump.Press
import edu.wfu.wfumig.dump.RowFormat
import edu.wfu.wfumig.executor.Pulse
import groovy.transform.CompileStatic
import java.nio.file.Path

/** A dump whose chunks are written when a spec says so, each with one row; closed without its end, it is left as a crash leaves it. */
@CompileStatic
class FakeDump implements Closeable {
    static final List<ColumnPart> COLUMNS = [new ColumnPart('id', 'bigint', ''), new ColumnPart('t', 'longtext', 'utf8mb4')]
    static final RowFormat FORMAT = new MysqlRows(COLUMNS, true)
    private static final byte[] LARGE = 'x'.repeat(DumpWriter.CHUNK_BYTES).bytes

    final DumpProgress progress
    final DumpWriter dump
    Closure<?> follower = {}

    /** How often nothing could be kept of what the ledger knew. */
    int anew
    private final Map<String, String> definitions
    private final Map<String, DumpWriter.TableWriter> writers = [:]
    private final Map<String, DumpProgress.Table> safe = [:]
    private final Press press = new Press(Press.QUICK)

    FakeDump(Path file, Pulse pulse, Map<String, String> definitions, Closure<Map<String, Object>> facts = { [:] }) {
        this.definitions = definitions
        progress = new DumpProgress(pulse, file, definitions, { anew++ }, { table, kept -> true }, { facts.call() }, { follower.call(it) })
        dump = DumpWriter.open(file, 'site-1', 'MariaDB', 'wp', progress.end())
    }

    /** As many definitions as names. */
    static Map<String, String> tables(String... names) {
        names.collectEntries { [it, "CREATE TABLE `$it` (id BIGINT PRIMARY KEY, t LONGTEXT)".toString()] } as Map<String, String>
    }

    static TablePart part(String name, List<ChunkPart> chunks = []) {
        new TablePart(name, tables(name)[name], COLUMNS, ['id'], chunks, [])
    }

    /** Begins tables, or goes on with them. */
    FakeDump begin(String... names) {
        names.each { name ->
            def kept = progress.of(name)
            def create = definitions[name]
            def part = new TablePart(name, create, COLUMNS, ['id'], kept == null ? [] as List<ChunkPart> : kept.chunks(), [])
            def writer = kept == null ? dump.table(part) : dump.known(part, kept.begins())
            writers[name] = writer
            safe[name] = progress.table(dump, name, create, writer)
        }
        this
    }

    /** A chunk as large as one that is full: with it, all that was written before is safe. */
    ChunkPart full(String table, int id, boolean cursor = true, Runnable counted = {}) {
        safe[table].chunk(packed(table, id, LARGE), cursor, counted)
    }

    ChunkPart small(String table, int id, boolean cursor = true, Runnable counted = {}) {
        safe[table].chunk(packed(table, id, 'small'.bytes), cursor, counted)
    }

    /** In the file, but nobody was told. */
    ChunkPart written(String table, int id, byte[] text = LARGE) {
        writers[table].append(packed(table, id, text))
    }

    private DumpWriter.Packed packed(String table, int id, byte[] text) {
        def rows = writers[table].begin(press)
        byte[][] row = [id.toString().bytes, text] as byte[][]
        def digest = RowDigest.EMPTY.with(FORMAT.append(rows, row))
        writers[table].pack(press, digest, [id.toString()])
    }

    void complete(String... tables) {
        tables.each { safe[it].complete { } }
    }

    void flush() {
        progress.flush(dump)
    }

    Manifest end() {
        flush()
        dump.complete(definitions.keySet().toList(), [], [])
    }

    @Override
    void close() {
        dump.close()
        press.close()
    }
}
