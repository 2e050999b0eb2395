package edu.wfu.wfumig.archive.disk;

import edu.wfu.wfumig.archive.ArchiveStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** An archive in a directory: a key is a relative path. */
public final class DirectoryArchive implements ArchiveStore {
    private final Path root;

    public DirectoryArchive(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public void store(String key, Path file) throws IOException {
        Path place = place(key);
        Files.createDirectories(place.getParent());
        Path draft = place.resolveSibling(place.getFileName() + ".draft");
        Files.copy(file, draft, StandardCopyOption.REPLACE_EXISTING);
        if (Files.mismatch(file, draft) != -1) throw new IOException("the copy of " + file + " differs from it");
        Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void fetch(String key, Path file) throws IOException {
        Files.copy(place(key), file, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public List<String> list(String prefix) throws IOException {
        if (!Files.isDirectory(root)) return List.of();
        try (var files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .filter(key -> key.startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void probe() throws IOException {
        Files.createDirectories(root);
        Files.delete(Files.createTempFile(root, ".probe", ""));
    }

    private Path place(String key) throws IOException {
        Path place = root.resolve(key).normalize();
        if (!place.startsWith(root)) throw new IOException("the key " + key + " leads out of the archive");
        return place;
    }
}
