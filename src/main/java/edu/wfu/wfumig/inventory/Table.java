package edu.wfu.wfumig.inventory;

import java.util.List;

/**
 * A base table.
 *
 * @param rows the server's estimate
 * @param bytes data and indexes, the server's estimate
 * @param shape columns and key; shared between tables that look alike, so that 10,000 sites fit in memory
 */
public record Table(String name, String engine, String collation, long rows, long bytes, Shape shape) {
    /**
     * @param key the columns of the primary key, or of a unique key without NULLs; empty when there is none
     */
    public record Shape(List<Column> columns, List<String> key) {}

    public boolean hasKey() {
        return !shape.key().isEmpty();
    }
}
