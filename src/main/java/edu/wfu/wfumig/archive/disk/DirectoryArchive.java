package edu.wfu.wfumig.archive.disk;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.wfu.wfumig.archive.ArchiveFailure;
import edu.wfu.wfumig.archive.ArchiveStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * An archive in a directory: a key is a relative path. What a file is stands beside it in a hidden one, {@code
 * .source.sql.zst.about}, as JSON; its length and CRC-32 too, so that damage is noticed when it is fetched. Damage, not forgery: who
 * can write the file can write what stands beside it. A SHA-256 would cost a sixth of the CPU of a run with backup and archive.
 */
public final class DirectoryArchive implements ArchiveStore {
    private static final String ABOUT = ".about";

    /** Always the same, so that what a killed process left of it goes with the next one. */
    private static final String PROBE = ".wfumig-probe";

    private static final String SUM = "sum";
    private static final int BUFFER = 256 << 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path root;

    public DirectoryArchive(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public void store(String key, Path file, Map<String, String> about, LongConsumer safe) throws IOException {
        Path place = place(key);
        Files.createDirectories(place.getParent());
        Path draft = draft(place);
        String sum;
        try (var out = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            sum = copy(file, out);
            out.force(true);
        }
        if (!sum.equals(copy(draft, null))) throw new IOException("the copy of " + file + " differs from it");
        var facts = new TreeMap<>(about);
        facts.put(SUM, sum);
        Path aboutDraft = draft(about(place));
        Files.write(aboutDraft, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(facts));
        // First the file: one without its description is whole, a description of another file would be wrong.
        Files.deleteIfExists(about(place));
        Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.move(aboutDraft, about(place), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        safe.accept(Files.size(file));
    }

    @Override
    public Map<String, String> fetch(String key, Path file) throws IOException {
        Path place = place(key);
        if (!Files.exists(place)) throw new IOException("there is no " + key + " in " + root);
        String found;
        try (var out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            found = copy(place, out);
        }
        if (!Files.exists(about(place))) return Map.of();
        Map<String, String> facts =
                JSON.readValue(about(place).toFile(), new TypeReference<TreeMap<String, String>>() {});
        String expected = facts.remove(SUM);
        if (expected == null || expected.equals(found)) return facts;
        throw new ArchiveFailure(
                place + " is damaged: it has " + found,
                "what was stored, with " + expected,
                "look for another copy of it",
                false,
                null);
    }

    @Override
    public List<Stored> list(String prefix) throws IOException {
        // Only the folder in which all of them are, so that a run is found in an archive of thousands.
        Path below = place(prefix.substring(0, prefix.lastIndexOf('/') + 1));
        if (!Files.isDirectory(below)) return List.of();
        try (var files = Files.walk(below)) {
            return files.filter(file -> Files.isRegularFile(file)
                            && !file.getFileName().toString().startsWith("."))
                    .map(file -> new Stored(root.relativize(file).toString().replace('\\', '/'), size(file)))
                    .filter(stored -> stored.key().startsWith(prefix))
                    .sorted(Comparator.comparing(Stored::key))
                    .toList();
        }
    }

    /** Copies a file, or only reads it, and says what it is. */
    private static String copy(Path from, @Nullable FileChannel to) throws IOException {
        var buffer = ByteBuffer.allocateDirect(BUFFER);
        var crc = new CRC32();
        long bytes = 0;
        try (var in = FileChannel.open(from, StandardOpenOption.READ)) {
            while (in.read(buffer) >= 0) {
                buffer.flip();
                bytes += buffer.remaining();
                crc.update(buffer);
                buffer.rewind();
                if (to != null) while (buffer.hasRemaining()) to.write(buffer);
                buffer.clear();
            }
        }
        return "%d bytes, CRC-32 %08x".formatted(bytes, crc.getValue());
    }

    private static long size(Path file) {
        return file.toFile().length();
    }

    @Override
    public void probe() throws IOException {
        Files.createDirectories(root);
        Files.write(root.resolve(PROBE), new byte[0]);
        Files.deleteIfExists(root.resolve(PROBE));
    }

    private static Path draft(Path place) {
        String name = place.getFileName().toString();
        return place.resolveSibling((name.startsWith(".") ? "" : ".") + name + ".draft");
    }

    private static Path about(Path place) {
        return place.resolveSibling("." + place.getFileName() + ABOUT);
    }

    private Path place(String key) throws IOException {
        Path place = root.resolve(key).normalize();
        if (!place.startsWith(root)) throw new IOException("the key " + key + " leads out of the archive");
        return place;
    }

    @Override
    public void close() {
        // Nothing is held open.
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
