package edu.wfu.wfumig.plan;

import edu.wfu.wfumig.Location;
import java.util.List;

/**
 * What is replaced in text, beside what follows from the environments' addresses.
 *
 * @param skipColumns globs over {@code table.column} that are left as they are
 * @param onlyTables globs over the tables in which anything is replaced; empty for all
 */
public record Rewrite(List<Replacement> replacements, List<Glob> skipColumns, List<Glob> onlyTables) {
    /**
     * @param regex whether {@code find} is a regular expression
     */
    public record Replacement(String find, String with, boolean regex, Location location) {}

    /** A regular expression, told apart from a text. */
    public record Regex(String expression) {}

    public boolean skips(String table, String column) {
        boolean left = !onlyTables.isEmpty() && onlyTables.stream().noneMatch(glob -> glob.matches(table));
        return left || skipColumns.stream().anyMatch(glob -> glob.matches(table + "." + column));
    }
}
