package edu.wfu.wfumig.plan;

import java.util.List;

/**
 * Which tables of a moving site move, and how. Globs match full table names.
 *
 * @param structureOnly tables that arrive empty
 * @param where row filters; rows for which the SQL condition is not true stay behind
 */
public record Tables(List<Glob> include, List<Glob> exclude, List<Glob> structureOnly, List<RowFilter> where) {
    /** A condition in the source's SQL on the rows of matching tables. */
    public record RowFilter(Glob tables, String condition) {}

    public boolean moves(String table) {
        return (include.isEmpty() || include.stream().anyMatch(glob -> glob.matches(table)))
                && exclude.stream().noneMatch(glob -> glob.matches(table));
    }
}
