package edu.wfu.wfumig.database;

import java.util.List;

/** Loads rows in the dump's row format into tables without triggers. Every chunk is committed by itself. */
public interface BulkLoader extends AutoCloseable {
    /**
     * Loads the rows in {@code [from, to)} of {@code text}, each a line; the last ends with {@code ;} and a newline.
     *
     * @param loadable whether the rows may go through the server's bulk path
     * @param rows how many there are; any other number taken by the server is an error
     */
    void load(String table, List<String> columns, boolean loadable, byte[] text, int from, int to, long rows);

    /**
     * Empties a table and begins to load all of its rows in one transaction, in the form that
     * {@link SnapshotReader#handOver} gives.
     */
    default Whole whole(String table, List<String> columns) {
        throw new IllegalStateException("rows of this product come in chunks");
    }

    /** All rows of a table: they are in together, or not at all. Nothing else is loaded meanwhile. */
    interface Whole extends AutoCloseable {
        void add(byte[] rows, int from, int to);

        /**
         * Commits; any other number of rows taken by the server is an error.
         *
         * @return by which transaction the rows came, as the server tells of a row later
         */
        String commit(long rows);

        /** Takes back what was not committed. */
        @Override
        void close();
    }

    /** How rows get in: {@code LOAD DATA LOCAL} or {@code INSERT}, for the report. */
    String path();

    @Override
    void close();
}
