package edu.wfu.wfumig.database;

import java.util.List;

/** Definitions as they must be in another {@link Placement place} than the one that they are from. */
public interface Definitions {
    /** The CREATE TABLE statement of a table. */
    String table(String name, String create);

    /** What completes a table once its rows are in; every statement is safe to repeat. */
    List<String> after(String name, List<String> after);

    /** Any definition with words that the server knows: for a dump that is restored under the tables' own names. */
    String adapt(String sql);
}
