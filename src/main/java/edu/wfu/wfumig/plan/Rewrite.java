package edu.wfu.wfumig.plan;

import edu.wfu.wfumig.Location;
import java.util.List;

/**
 * What is replaced in text, beside what follows from the environments' addresses.
 *
 * @param skipColumns globs over {@code table.column} that are left as they are
 */
public record Rewrite(List<Replacement> replacements, List<Glob> skipColumns) {
    public record Replacement(String find, String with, Location location) {}

    public boolean skips(String table, String column) {
        return skipColumns.stream().anyMatch(glob -> glob.matches(table + "." + column));
    }
}
