package edu.wfu.wfumig.database;

import org.jspecify.annotations.Nullable;

/** Reads rows as bytes, all tables as of one moment, as far as their engines can do that. */
public interface SnapshotReader extends AutoCloseable {
    /**
     * Reads all rows in the order of the key.
     *
     * @param condition SQL over the table's columns, or null for all rows
     * @param behind where to begin; null for the beginning
     * @throws java.io.UncheckedIOException what the sink threw
     */
    void read(TableDefinition table, @Nullable String condition, @Nullable Cursor behind, RowSink sink);

    /** Takes one row; values of stored columns in order, NULL is null. The arrays are the sink's to keep. */
    @FunctionalInterface
    interface RowSink {
        void row(byte[][] values) throws java.io.IOException;
    }

    @Override
    void close();
}
