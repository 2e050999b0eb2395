package edu.wfu.wfumig.database;

import java.util.List;
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

    /**
     * Reads all rows in whatever order they come, in the form in which servers of the product hand them to each other: each a
     * {@code line}. For tables of which {@link Catalogue#handedOver} says so.
     *
     * @param condition SQL over the table's columns, or null for all rows
     */
    default void handOver(TableDefinition table, @Nullable String condition, RowSink sink) {
        throw new IllegalStateException("rows of this product come as values");
    }

    /** Small answers of the same moment, as text; NULL is empty. */
    List<List<String>> rows(String sql);

    /** Takes the rows, in the form that the server sends. The arrays are the sink's to keep. */
    @FunctionalInterface
    interface RowSink {
        /** Values of stored columns in order; NULL is null. */
        void row(byte[][] values) throws java.io.IOException;

        /** A row as the dump of this product has it, with what ends it. */
        default void line(byte[] line) throws java.io.IOException {
            throw new UnsupportedOperationException("values are wanted here, and no lines");
        }
    }

    @Override
    void close();
}
