package edu.wfu.wfumig;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files that nobody but their owner may read: modes 0600 and, of new folders, 0700. Where there are no modes, none are asked for. */
public final class OwnerOnly {
    private static final Set<PosixFilePermission> OTHERS = PosixFilePermissions.fromString("---rwxrwx");

    private OwnerOnly() {}

    /** Refuses a file that somebody else may read or write. */
    public static void require(Path file) {
        try {
            var posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (posix == null) return;
            var mode = posix.readAttributes().permissions();
            if (mode.stream().noneMatch(OTHERS::contains)) return;
            throw new Refusal(
                    Refusal.Kind.FAILED,
                    Problem.of(
                            file + " can be read or written by others: " + PosixFilePermissions.toString(mode),
                            "rw-------",
                            "it was not used",
                            "chmod 600 " + file));
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    /** Puts a file in its place as a whole, readable for its owner alone from its first byte on, and on disk before it is there. */
    public static void write(Path file, byte[] content) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            folders(folder);
            // A temporary file is its owner's alone.
            Path draft = Files.createTempFile(folder, "." + file.getFileName(), ".draft");
            try {
                Files.write(draft, content);
                try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    /** Makes a folder and those above it, as far as they are not there yet; none when a path has none. */
    public static void folders(@Nullable Path folder) throws IOException {
        if (folder != null && !Files.isDirectory(folder)) Files.createDirectories(folder, mode(folder, "rwx------"));
    }

    /** Makes a folder that nobody has made yet. */
    public static void newFolder(Path folder) throws IOException {
        Files.createDirectory(folder, mode(folder, "rwx------"));
    }

    /** Makes an empty file, in the place of one that is there. */
    public static void newFile(Path file) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, mode(file, "rw-------"));
    }

    private static FileAttribute<?>[] mode(Path path, String mode) {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) return new FileAttribute<?>[0];
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))};
    }

    public static Refusal unusable(Path file, IOException e) {
        return new Refusal(
                Refusal.Kind.FAILED,
                Problem.of(
                        file + " cannot be used: " + e.getClass().getSimpleName() + ": " + e.getMessage(),
                        "a file of your own",
                        "nothing was written",
                        "look at the folder and its rights"),
                e);
    }
}
