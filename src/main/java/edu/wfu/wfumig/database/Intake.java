package edu.wfu.wfumig.database;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place of wfumig's own into which the statements of a file go that somebody else made: a schema, or on PostgreSQL a database.
 * What it holds counts only when it was {@link #complete}d.
 */
public interface Intake extends AutoCloseable {
    /** Rows behind a statement, some of them at a time. */
    interface Blocks {
        /** Whole rows, each with its end of line; null behind the last. */
        byte @Nullable [] next() throws IOException;
    }

    /** What the account lacks to make the place, each as the statement to type. */
    List<String> missingGrants();

    /** What the account may do that no code of somebody else's file should be able to; empty when the file can be let in. */
    List<String> excessRights();

    /** Makes the place, empty. */
    void open();

    /** Runs a statement in it, its bytes as they are. */
    void run(byte[] statement);

    /** Runs a statement that rows follow. */
    void rows(byte[] statement, Blocks blocks) throws IOException;

    /** Keeps what was run, and notes for which run. */
    void complete(String run);

    /** The run that it was completed for; null when it was not. */
    @Nullable
    String run();

    /** Drops the place with all that is in it. */
    void drop();

    /** All places of that kind on the server. */
    List<String> places();

    @Override
    void close();
}
