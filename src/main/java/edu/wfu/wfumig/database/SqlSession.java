package edu.wfu.wfumig.database;

import edu.wfu.wfumig.inventory.Structure;
import java.util.List;

/**
 * One connection for statements that people wrote, in one schema: names without a schema mean what stands there. A statement
 * is committed by itself, unless it is run {@link #together} with others. Nothing is written once the lock of the database
 * is lost.
 */
public interface SqlSession extends AutoCloseable {
    /** Runs a statement as it is. */
    void run(String sql);

    /** Changes rows by a statement with a question mark for each value; returns how many. */
    long change(String sql, String... values);

    /** Rows of a statement that reads, as text; NULL is empty. */
    List<List<String>> rows(String sql, String... values);

    /** Whether the schema has a table of this name. */
    boolean has(String table);

    /** What the schema holds under a prefix as this connection sees it, also in a transaction that is open. */
    Structure structure(String prefix);

    /** Runs work in one transaction: all of it, or nothing. */
    void together(Runnable work);

    /** Whether the connection still answers. */
    boolean alive();

    @Override
    void close();
}
