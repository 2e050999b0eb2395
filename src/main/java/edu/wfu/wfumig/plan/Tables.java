package edu.wfu.wfumig.plan;

import edu.wfu.wfumig.Location;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which tables move, and how: those of a moving site, or in a plan without sites those of a schema. Globs match full table
 * names.
 *
 * @param schema the PostgreSQL schema on both sides; null for {@code public}, and on products where an environment is a schema
 * @param structureOnly tables that arrive empty
 * @param where row filters; rows for which the SQL condition is not true stay behind
 * @param missing what is done about a table that the target lacks
 * @param different what is done about a table that has other columns on the target
 * @param location where the block stands
 */
public record Tables(
        @Nullable String schema,
        List<Glob> include,
        List<Glob> exclude,
        List<Glob> structureOnly,
        List<RowFilter> where,
        Missing missing,
        Different different,
        Location location) {
    /** The PostgreSQL schema of a plan that names none. */
    public static final String PUBLIC = "public";

    /** A condition in the source's SQL on the rows of matching tables. */
    public record RowFilter(Glob tables, String condition) {}

    /** What is done about a table that the target lacks. */
    public enum Missing {
        CREATE,
        REFUSE
    }

    /** What is done about a table that has other columns on the target. */
    public enum Different {
        REFUSE,
        /** The table comes out as it is on the source. */
        REPLACE,
        /** The table stays as it is on the target; what the source has of its columns is copied. */
        COMMON_COLUMNS
    }

    /** All tables, as where a plan says nothing about them. */
    public static Tables all(Location location) {
        return new Tables(null, List.of(), List.of(), List.of(), List.of(), Missing.CREATE, Different.REFUSE, location);
    }

    public boolean moves(String table) {
        return (include.isEmpty() || include.stream().anyMatch(glob -> glob.matches(table)))
                && exclude.stream().noneMatch(glob -> glob.matches(table));
    }
}
