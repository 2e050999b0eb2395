package edu.wfu.wfumig.database;

import edu.wfu.wfumig.RowDigest;
import edu.wfu.wfumig.inventory.Column;
import java.util.List;

/** Asks the server what a table contains, to hold it against what it should contain. */
public interface Proof extends AutoCloseable {
    long count(String table);

    RowDigest digest(String table, List<Column> columns);

    /** How many rows of {@code child} point through {@code column} at no row of {@code parent}; 0 and NULL point nowhere. */
    long orphans(String child, String column, String parent, String key);

    @Override
    void close();
}
