package edu.wfu.wfumig.database;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Definitions as they must be in another {@link Placement place} than the one that they are from. */
public interface Definitions {
    /** The CREATE TABLE statement of a table. */
    String table(String name, String create);

    /** A definition in two parts, where a table of many rows is better made so. */
    record Halves(String create, String complete) {}

    /**
     * A definition without keys that are quicker made when all rows are in, and the statement that makes them; null when the
     * table is to have all of its keys from the beginning.
     *
     * @param create as {@link #table} gives it
     */
    default @Nullable Halves halves(String name, String create) {
        return null;
    }

    /** What completes a table once its rows are in; every statement is safe to repeat. */
    List<String> after(String name, List<String> after);

    /** Any definition with words that the server knows: for a dump that is restored under the tables' own names. */
    String adapt(String sql);
}
