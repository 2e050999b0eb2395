package edu.wfu.wfumig.dump;

import edu.wfu.wfumig.OwnerOnly;
import edu.wfu.wfumig.RowDigest;
import edu.wfu.wfumig.dump.Manifest.ChunkPart;
import edu.wfu.wfumig.dump.Manifest.Definition;
import edu.wfu.wfumig.dump.Manifest.Frame;
import edu.wfu.wfumig.dump.Manifest.TablePart;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a dump: one file of independently compressed zstd frames which together are plain SQL, so that {@code zstdcat
 * site-43.sql.zst | mysql} restores it. How the statements read is the {@link DumpForm product's}.
 *
 * <ol>
 *   <li>A preamble.
 *   <li>Per table a frame with its definition, then a frame per chunk with one statement. Frames of tables that are
 *       written at the same time lie between each other. A table may be begun again: its definition drops what was before.
 *   <li>At the end what must not be there while rows come in, such as triggers.
 *   <li>{@link #complete} flushes the file to disk and writes the manifest.
 * </ol>
 *
 * Where nobody wants the file, only the manifest is written: see {@link #countingOnly}. Safe for one thread per table.
 */
public final class DumpWriter implements AutoCloseable {
    /** Chunks are cut when they reach so many raw bytes; a single larger row is a chunk of its own. */
    public static final int CHUNK_BYTES = 4 << 20;

    private final Path path;
    private final @Nullable FileChannel file;
    private final String scope;
    private final String server;
    private final String schema;
    private final DumpForm form;
    private @Nullable String environment;
    private final Map<String, TableWriter> tables = new LinkedHashMap<>();
    private long end;

    private DumpWriter(Path path, @Nullable FileChannel file, String scope, String server, String schema, long keep)
            throws IOException {
        this.path = path;
        this.file = file;
        this.scope = scope;
        this.server = server;
        this.schema = schema;
        this.form = DumpForm.of(server);
        this.end = keep;
        if (keep == 0) frame(form.preamble(scope, schema, server));
    }

    /**
     * Begins a dump, or goes on with one that was left unfinished.
     *
     * @param keep up to where it is good; all behind is cut off
     */
    public static DumpWriter open(Path path, String scope, String server, String schema, long keep) throws IOException {
        OwnerOnly.folders(path.getParent());
        Files.deleteIfExists(Manifest.beside(path));
        var file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        file.truncate(keep);
        file.position(keep);
        return new DumpWriter(path, file, scope, server, schema, keep);
    }

    /**
     * Writes no file, but a manifest that says what would be in it; places are those of raw bytes.
     *
     * @param keep up to where an earlier attempt has counted
     */
    public static DumpWriter countingOnly(Path path, String scope, String server, String schema, long keep)
            throws IOException {
        OwnerOnly.folders(path.getParent());
        Files.deleteIfExists(Manifest.beside(path));
        return new DumpWriter(path, null, scope, server, schema, keep);
    }

    /** Says whose rows these are, as plans call it. */
    public DumpWriter of(String name) {
        environment = name;
        return this;
    }

    /** Up to where the dump is written. */
    public synchronized long position() {
        return end;
    }

    /** Waits until all that was written is on disk. */
    public void force() throws IOException {
        if (file != null) file.force(false);
    }

    /** What tables are made of and that stands outside of them, such as types: statements in the order in which they are run. */
    public void needs(List<String> creates) throws IOException {
        String text = form.needs(creates);
        if (!text.isEmpty()) frame(text);
    }

    /**
     * A table whose first rows, or all of them, are in the dump already.
     *
     * @param table with the chunks that are there
     * @param begins where its definition is
     */
    public TableWriter known(TablePart table, long begins) {
        return add(new TableWriter(table, begins));
    }

    /** Begins the next table. */
    public TableWriter table(TablePart table) throws IOException {
        return add(
                new TableWriter(table.with(List.of()), frame(form.table(table)).offset()));
    }

    private synchronized TableWriter add(TableWriter writer) {
        tables.put(writer.table.name(), writer);
        return writer;
    }

    /**
     * Finishes the dump; only now it counts as one.
     *
     * @param order of the tables in the manifest
     */
    public Manifest complete(List<String> order, List<Definition> views, List<Definition> triggers) throws IOException {
        var parts = tables.values().stream()
                .map(TableWriter::part)
                .sorted(Comparator.comparingInt(table -> order.indexOf(table.name())))
                .toList();
        frame(form.end(parts, views, triggers));
        if (file != null) file.force(true);
        long bytes = file == null ? Manifest.NO_FILE : file.size();
        var manifest = new Manifest(Manifest.FORMAT, scope, environment, server, schema, bytes, parts, views, triggers);
        manifest.writeBeside(path);
        return manifest;
    }

    private Frame frame(String sql) throws IOException {
        byte[] raw = sql.getBytes(StandardCharsets.UTF_8);
        if (file == null) return append(ByteBuffer.wrap(raw), raw.length);
        try (var press = new Press(Press.TIGHT)) {
            return append(press.pack(raw, raw.length), raw.length);
        }
    }

    private synchronized Frame append(ByteBuffer bytes, int raw) throws IOException {
        var frame = new Frame(end, bytes.remaining(), raw);
        // At its place: what a full disk took of an earlier one is written over.
        if (file != null)
            while (bytes.hasRemaining()) file.write(bytes, frame.offset() + frame.length() - bytes.remaining());
        end += frame.length();
        return frame;
    }

    @Override
    public void close() throws IOException {
        if (file != null) file.close();
    }

    /** A chunk that is ready to be written. */
    public record Packed(
            ByteBuffer bytes,
            int raw,
            int rowsAt,
            RowDigest digest,
            @Nullable List<String> last) {}

    /** Writes the chunks of one table. */
    public final class TableWriter {
        private final TablePart table;
        private final long begins;
        private final byte[] head;
        private final List<ChunkPart> chunks;

        private TableWriter(TablePart table, long begins) {
            this.table = table;
            this.begins = begins;
            head = table.binary() ? new byte[0] : form.head(table).getBytes(StandardCharsets.UTF_8);
            chunks = new ArrayList<>(table.chunks());
        }

        /** Where its definition is in the dump. */
        public long begins() {
            return begins;
        }

        /** An empty chunk: rows are appended to it, each with what ends it. */
        public RowBuffer begin(Press press) {
            var rows = press.begin();
            rows.write(head);
            return rows;
        }

        public int rowsAt() {
            return head.length;
        }

        /**
         * Packs a chunk of whole rows; makes it end the statement. Valid until the press packs the next one.
         */
        public Packed pack(Press press, RowDigest digest, @Nullable List<String> last) {
            var rows = press.rows();
            if (!table.binary()) form.end(rows);
            var bytes = file == null || table.binary()
                    ? ByteBuffer.wrap(rows.array(), 0, rows.size())
                    : press.pack(rows.array(), rows.size());
            return new Packed(bytes, rows.size(), head.length, digest, last);
        }

        /** A chunk of another dump as it is, without opening it. */
        public Packed copy(byte[] packed, ChunkPart chunk) {
            return new Packed(
                    ByteBuffer.wrap(packed), chunk.frame().raw(), chunk.rowsAt(), chunk.digest(), chunk.last());
        }

        /** Writes a chunk. */
        public ChunkPart append(Packed packed) throws IOException {
            var frame = DumpWriter.this.append(packed.bytes(), packed.raw());
            var chunk = new ChunkPart(frame, packed.rowsAt(), packed.digest(), packed.last());
            chunks.add(chunk);
            return chunk;
        }

        /** The table as it is by now. */
        public TablePart part() {
            return table.with(List.copyOf(chunks));
        }
    }
}
