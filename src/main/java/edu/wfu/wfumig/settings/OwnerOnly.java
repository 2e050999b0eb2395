package edu.wfu.wfumig.settings;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that nobody but their owner may read: modes 0600 and, of new folders, 0700. Where there are no modes, none are asked for. */
final class OwnerOnly {
    private static final Set<PosixFilePermission> OTHERS = PosixFilePermissions.fromString("---rwxrwx");

    private OwnerOnly() {}

    /** Refuses a file that somebody else may read or write. */
    static void require(Path file) {
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

    /** Puts a file in its place as a whole, readable for its owner alone from its first byte on. */
    static void write(Path file, byte[] content) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null && !Files.isDirectory(folder)) {
                if (posix(folder)) {
                    Files.createDirectories(
                            folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                } else {
                    Files.createDirectories(folder);
                }
            }
            // A temporary file is its owner's alone.
            Path draft = Files.createTempFile(folder, "." + file.getFileName(), ".draft");
            try {
                Files.write(draft, content);
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    static Refusal unusable(Path file, IOException e) {
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
