package edu.wfu.wfumig.database;

import java.util.List;

/**
 * Tables of a schema as of one moment, for one or several who read side by side.
 *
 * @param how in words how the readers came to see the same moment, for the report
 */
public record Snapshot(List<SnapshotReader> readers, String how) implements AutoCloseable {
    @Override
    public void close() {
        readers.forEach(SnapshotReader::close);
    }
}
