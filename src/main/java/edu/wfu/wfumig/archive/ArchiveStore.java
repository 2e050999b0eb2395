package edu.wfu.wfumig.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * A place where files of finished runs are kept under readable keys such as {@code
 * uat/2026/11/20/dev-to-uat-2026-11-20T09-12-44/site-43/source.sql.zst}. {@code toString} is the place as people name it.
 *
 * <p>Methods throw an {@link ArchiveFailure} where they know what would help, any other {@link IOException} otherwise.
 */
public interface ArchiveStore extends AutoCloseable {
    /** A file of the archive; {@code bytes} long. */
    record Stored(String key, long bytes) {}

    /**
     * Stores {@code file} under {@code key} as a whole or not at all, and returns only when it is proved that it arrived.
     * Doing it twice equals doing it once; what an earlier attempt has brought there is not brought again.
     *
     * @param about what the file is, by names in lower case; kept with it
     * @param safe told of each part that is safe, in bytes; it may throw to stop
     */
    void store(String key, Path file, Map<String, String> about, LongConsumer safe) throws IOException;

    /** Fetches what lies under {@code key} into {@code file}, proves that it is what was stored, returns what it is. */
    Map<String, String> fetch(String key, Path file) throws IOException;

    /** The files whose keys begin with {@code prefix}, sorted by key. */
    List<Stored> list(String prefix) throws IOException;

    /** Proves that something can be stored here; leaves nothing behind. */
    void probe() throws IOException;

    @Override
    void close();
}
