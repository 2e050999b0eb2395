package edu.wfu.wfumig.schema;

import java.util.Set;

/** Dumps what a part of a schema holds, and brings it back. */
public interface Safety {
    /**
     * Dumps all tables of a part, with views and triggers over them.
     *
     * @param about what it is for, as in {@code 003}
     * @return where the dump is, as {@link #restore} needs it
     */
    String take(Part part, String about);

    /**
     * Makes tables what they were in a dump.
     *
     * @param names tables and views that are to be as in the dump; what of them the dump does not hold is dropped
     */
    void restore(Part part, String dump, Set<String> names);
}
