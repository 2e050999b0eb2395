package edu.wfu.wfumig.dump;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.RowDigest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a dump holds, in a JSON file beside it. Written when the dump is complete: a dump without a manifest is not
 * finished.
 *
 * @param format version of this file's form
 * @param scope what was dumped, as in {@code site-43}
 * @param environment whose rows these are, as plans call it; null in dumps of earlier versions and of no environment
 * @param server product and version the dump was made from, as in {@code MariaDB 11.4.5}: they say how it reads
 * @param bytes length of the dump file; {@link #NO_FILE} when nobody wanted the file
 */
public record Manifest(
        int format,
        String scope,
        @Nullable String environment,
        String server,
        String schema,
        long bytes,
        List<TablePart> tables,
        List<Definition> views,
        List<Definition> triggers) {

    /** Of no environment. */
    public Manifest(
            int format,
            String scope,
            String server,
            String schema,
            long bytes,
            List<TablePart> tables,
            List<Definition> views,
            List<Definition> triggers) {
        this(format, scope, null, server, schema, bytes, tables, views, triggers);
    }

    public static final int FORMAT = 2;

    /** The length of a file that was not written. */
    public static final long NO_FILE = -1;

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A table of the dump.
     *
     * @param create its CREATE TABLE statement
     * @param key the columns whose values are the chunks' {@code last}; empty where the table's key is no cursor
     * @param after statements that complete the table once its rows are in; null in the manifests of earlier versions
     * @param binary whether its chunks are {@link BinaryRows} as they are, for nobody but the target's server
     */
    public record TablePart(
            String name,
            String create,
            List<ColumnPart> columns,
            List<String> key,
            List<ChunkPart> chunks,
            List<String> after,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean binary) {
        public TablePart {
            after = after == null ? List.of() : after;
        }

        /** A table whose chunks are statements. */
        public TablePart(
                String name,
                String create,
                List<ColumnPart> columns,
                List<String> key,
                List<ChunkPart> chunks,
                List<String> after) {
            this(name, create, columns, key, chunks, after, false);
        }

        /** The same table with these chunks. */
        public TablePart with(List<ChunkPart> others) {
            return new TablePart(name, create, columns, key, others, after, binary);
        }

        /** What a chunk is good for only as long as it stays the same: how the table is made, and how rows read. */
        public String version() {
            return binary ? create + "\n-- in binary form" : create;
        }

        public RowDigest digest() {
            return chunks.stream().map(ChunkPart::digest).reduce(RowDigest.EMPTY, RowDigest::plus);
        }

        /** Raw bytes. */
        public long bytes() {
            return chunks.stream().mapToLong(chunk -> chunk.frame().raw()).sum();
        }

        public long rows() {
            return chunks.stream().mapToLong(chunk -> chunk.digest().rows()).sum();
        }
    }

    /** A column as it is dumped; generated columns are not. */
    public record ColumnPart(String name, String type, String charset) {}

    /**
     * One statement in one frame; its rows begin at {@code rowsAt} of the raw bytes.
     *
     * @param last the key of the last row; null where the table's key is no cursor
     */
    public record ChunkPart(
            Frame frame,
            int rowsAt,
            RowDigest digest,
            @Nullable List<String> last) {}

    /** A frame of the file: {@code length} compressed bytes at {@code offset}, {@code raw} bytes when opened. */
    public record Frame(long offset, int length, int raw) {}

    /** A view or a trigger; {@code table} and {@code sqlMode} are a trigger's, otherwise empty. */
    public record Definition(String name, String table, String create, String sqlMode) {}

    /** How this dump reads. */
    public DumpForm form() {
        return DumpForm.of(server);
    }

    public long rows() {
        return tables.stream().mapToLong(TablePart::rows).sum();
    }

    public TablePart table(String name) {
        return tables.stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no table " + name + " in the dump of " + scope));
    }

    /** Where the manifest of a dump lies. */
    public static Path beside(Path dump) {
        return dump.resolveSibling(dump.getFileName().toString().replaceFirst("\\.sql\\.zst$", "") + ".manifest.json");
    }

    public static boolean isComplete(Path dump) {
        return Files.exists(beside(dump));
    }

    /** Reads the manifest of {@code dump} and holds it against the file. */
    public static Manifest of(Path dump) {
        var manifest = alone(dump);
        try {
            long found = manifest.bytes() == NO_FILE ? NO_FILE : Files.size(dump);
            if (found == manifest.bytes()) return manifest;
            throw new Refusal(
                    Refusal.Kind.FAILED,
                    Problem.of(
                            dump + " has " + found + " bytes, its manifest says " + manifest.bytes(),
                            "a dump that agrees with its manifest",
                            "nothing was read from it",
                            "export the scope again"));
        } catch (IOException e) {
            throw unreadable(dump, e);
        }
    }

    /** Reads the manifest of {@code dump}, wherever the dump itself may be. */
    public static Manifest alone(Path dump) {
        try {
            return JSON.readValue(beside(dump).toFile(), Manifest.class);
        } catch (IOException e) {
            throw unreadable(dump, e);
        }
    }

    private static Refusal unreadable(Path dump, IOException e) {
        return new Refusal(
                Refusal.Kind.FAILED,
                Problem.of(
                        "the manifest of " + dump + " cannot be read: " + e.getMessage(),
                        "a manifest beside every dump",
                        "nothing was read from the dump",
                        "export the scope again"),
                e);
    }

    /** Writes the manifest so that it is there as a whole or not at all. */
    public void writeBeside(Path dump) throws IOException {
        Path file = beside(dump);
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        Files.write(draft, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
        try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
