package edu.wfu.wfumig.database;

import java.util.Collection;
import java.util.Set;

/** Which tables of a schema are wfumig's, in a table of its own: a name is written there before its table is made. */
public interface Register {
    String TABLE = "wfumig_staged";

    /** Makes it when it is not there. */
    void open();

    /** What is written there; nothing when there is none. */
    Set<String> names();

    void add(String table);

    void remove(Collection<String> tables);
}
