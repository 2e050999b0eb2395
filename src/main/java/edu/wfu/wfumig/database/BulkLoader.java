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

    /** How rows get in: {@code LOAD DATA LOCAL} or {@code INSERT}, for the report. */
    String path();

    @Override
    void close();
}
