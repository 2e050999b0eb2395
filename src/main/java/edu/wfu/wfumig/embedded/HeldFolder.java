package edu.wfu.wfumig.embedded;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of an embedded server, held so that two processes never share it. */
record HeldFolder(Path path, RandomAccessFile lockFile) implements AutoCloseable {
    /** Makes the folder and holds it, or refuses because another process does. */
    static HeldFolder hold(Path folder, String product) throws IOException {
        Files.createDirectories(folder);
        var file = new RandomAccessFile(folder.resolve("lock").toFile(), "rw");
        FileLock lock;
        try {
            lock = file.getChannel().tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock != null) return new HeldFolder(folder, file);
        file.close();
        throw new Refusal(
                Refusal.Kind.LOCKED,
                Problem.of(
                        "another wfumig uses the embedded " + product + " in " + folder,
                        "one at a time",
                        "nothing was written",
                        "wait for it to end"));
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
