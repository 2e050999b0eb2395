package edu.wfu.wfumig.dump;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import edu.wfu.wfumig.RowDigest;
import edu.wfu.wfumig.dump.Manifest.ChunkPart;
import edu.wfu.wfumig.dump.Manifest.ColumnPart;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a dump: one file of independently compressed zstd frames which together are plain SQL, so that {@code zstdcat
 * site-43.sql.zst | mysql} restores it.
 *
 * <ol>
 *   <li>A preamble: byte transparency, time zone, checks off.
 *   <li>Per table a frame with its definition, then a frame per chunk with one INSERT statement.
 *   <li>At the end views and triggers, so that no trigger fires while rows come in.
 *   <li>{@link #complete} flushes the file to disk and writes the manifest.
 * </ol>
 */
public final class DumpWriter implements AutoCloseable {
    /** Chunks are cut when they reach so many raw bytes; a single larger row is a chunk of its own. */
    public static final int CHUNK_BYTES = 4 << 20;

    private static final int LEVEL = 1;

    private final Path path;
    private final FileChannel file;
    private final ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(LEVEL).setChecksum(true);
    private final String scope;
    private final String server;
    private final String schema;
    private final List<TablePart> tables = new ArrayList<>();
    private @Nullable TableWriter open;

    /** Begins a dump anew. */
    public DumpWriter(Path path, String scope, String server, String schema) throws IOException {
        this(path, scope, server, schema, 0);
        frame("""
                -- wfumig dump of %s from schema %s, %s
                SET time_zone = '+00:00', sql_mode = 'NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES';
                SET foreign_key_checks = 0, unique_checks = 0;
                """.formatted(scope, schema, server));
    }

    private DumpWriter(Path path, String scope, String server, String schema, long keep) throws IOException {
        this.path = path;
        this.scope = scope;
        this.server = server;
        this.schema = schema;
        Files.createDirectories(path.getParent());
        Files.deleteIfExists(Manifest.beside(path));
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        file.truncate(keep);
        file.position(keep);
    }

    /** Goes on with a dump that was left unfinished: all behind {@code keep} is cut off. */
    public static DumpWriter goOn(Path path, String scope, String server, String schema, long keep) throws IOException {
        return new DumpWriter(path, scope, server, schema, keep);
    }

    /** Up to where the dump is written. */
    public long position() throws IOException {
        return file.position();
    }

    /** Waits until all that was written is on disk. */
    public void force() throws IOException {
        file.force(false);
    }

    /** A table whose rows are in the dump already, all of them or the first ones. */
    public TableWriter known(
            String name, String create, List<ColumnPart> columns, List<String> key, List<ChunkPart> chunks) {
        finishTable();
        var writer = new TableWriter(name, create, columns, key);
        writer.chunks.addAll(chunks);
        open = writer;
        return writer;
    }

    /** Begins the next table. */
    public TableWriter table(String name, String create, List<ColumnPart> columns, List<String> key)
            throws IOException {
        finishTable();
        frame("SET NAMES utf8mb4;\nDROP TABLE IF EXISTS " + quote(name) + ";\n" + create + ";\nSET NAMES binary;\n");
        var writer = new TableWriter(name, create, columns, key);
        open = writer;
        return writer;
    }

    /** Finishes the dump; only now it counts as one. */
    public Manifest complete(List<Definition> views, List<Definition> triggers) throws IOException {
        finishTable();
        var end = new StringBuilder("SET NAMES utf8mb4;\n");
        for (var view : views) end.append(view.create()).append(";\n");
        if (!triggers.isEmpty()) end.append("DELIMITER ;;\n");
        for (var trigger : triggers) {
            end.append("SET sql_mode = '").append(trigger.sqlMode()).append("';;\n");
            end.append(trigger.create()).append(";;\n");
        }
        if (!triggers.isEmpty()) end.append("DELIMITER ;\n");
        frame(end.toString());
        file.force(true);
        var manifest = new Manifest(Manifest.FORMAT, scope, server, schema, file.size(), tables, views, triggers);
        manifest.writeBeside(path);
        return manifest;
    }

    private void finishTable() {
        if (open != null) tables.add(open.part());
        open = null;
    }

    private Frame frame(String sql) throws IOException {
        byte[] raw = sql.getBytes(StandardCharsets.UTF_8);
        return frame(raw, raw.length);
    }

    private Frame frame(byte[] raw, int length) throws IOException {
        byte[] packed = new byte[(int) Zstd.compressBound(length)];
        int size = zstd.compressByteArray(packed, 0, packed.length, raw, 0, length);
        return append(packed, size, length);
    }

    private Frame append(byte[] packed, int size, int raw) throws IOException {
        long offset = file.position();
        var bytes = ByteBuffer.wrap(packed, 0, size);
        while (bytes.hasRemaining()) file.write(bytes);
        return new Frame(offset, size, raw);
    }

    static String quote(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    @Override
    public void close() throws IOException {
        zstd.close();
        file.close();
    }

    /** Writes the chunks of one table. */
    public final class TableWriter {
        private final String name;
        private final String create;
        private final List<ColumnPart> columns;
        private final List<String> key;
        private final byte[] insert;
        private final List<ChunkPart> chunks = new ArrayList<>();

        private TableWriter(String name, String create, List<ColumnPart> columns, List<String> key) {
            this.name = name;
            this.create = create;
            this.columns = columns;
            this.key = key;
            var names = columns.stream().map(column -> quote(column.name())).toList();
            insert = ("INSERT INTO " + quote(name) + " (" + String.join(",", names) + ") VALUES\n")
                    .getBytes(StandardCharsets.UTF_8);
        }

        /** An empty buffer for a chunk: rows are appended to it, each followed by {@code ",\n"}. */
        public RowFormat.Buffer begin(RowFormat.Buffer buffer) {
            buffer.reset();
            buffer.write(insert);
            return buffer;
        }

        public int rowsAt() {
            return insert.length;
        }

        /** Writes a chunk whose last row is followed by {@code ",\n"}; makes it end the statement. */
        public ChunkPart chunk(RowFormat.Buffer buffer, RowDigest digest, @Nullable List<String> last)
                throws IOException {
            buffer.truncate(buffer.size() - 1);
            buffer.setLast(';');
            buffer.write('\n');
            var frame = frame(buffer.array(), buffer.size());
            return added(new ChunkPart(frame, insert.length, digest, last));
        }

        private ChunkPart added(ChunkPart chunk) {
            chunks.add(chunk);
            return chunk;
        }

        /** Takes over a chunk of another dump as it is, without opening it. */
        public ChunkPart copy(byte[] packed, ChunkPart chunk) throws IOException {
            var frame = append(packed, packed.length, chunk.frame().raw());
            return added(new ChunkPart(frame, chunk.rowsAt(), chunk.digest(), chunk.last()));
        }

        private TablePart part() {
            return new TablePart(name, create, columns, key, List.copyOf(chunks));
        }
    }
}
