package edu.wfu.wfumig.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A place where files of finished runs are kept under readable keys such as {@code
 * uat/2026/11/20/dev-to-uat-2026-11-20T09-12-44/site-43/source.sql.zst}.
 */
public interface ArchiveStore {
    /** Stores {@code file} under {@code key} and proves that it arrived; doing it twice equals doing it once. */
    void store(String key, Path file) throws IOException;

    /** Fetches what lies under {@code key} into {@code file}. */
    void fetch(String key, Path file) throws IOException;

    /** The keys that begin with {@code prefix}, sorted. */
    List<String> list(String prefix) throws IOException;

    /** Proves that something can be stored here; leaves nothing behind. */
    void probe() throws IOException;
}
