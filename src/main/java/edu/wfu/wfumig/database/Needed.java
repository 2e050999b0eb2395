package edu.wfu.wfumig.database;

import org.jspecify.annotations.Nullable;

/**
 * Something that stands outside of tables and of which their definitions are made, such as an enum.
 *
 * @param name with its schema
 * @param create the statement that makes it, with all names qualified
 */
public record Needed(Kind kind, String name, String create) {
    /** What it is. */
    public enum Kind {
        EXTENSION,
        COLLATION,
        ENUM,
        DOMAIN,
        COMPOSITE,
        RANGE,
        SEQUENCE,
        FUNCTION,
        /** A table, or another view, that a view reads and that does not move with it. */
        TABLE,
        OTHER
    }

    /** Whether it is wfumig's to make where it is missing. Code and what brings code is for a person to decide. */
    public boolean makeable() {
        return switch (kind) {
            case ENUM, DOMAIN, COMPOSITE, RANGE, SEQUENCE -> true;
            case EXTENSION, COLLATION, FUNCTION, TABLE, OTHER -> false;
        };
    }

    /**
     * Whether tables made of this can be made of what stands under its name elsewhere; the code of functions and extensions
     * and the position of sequences are the other server's own, and so is what views read there.
     *
     * @param found null when there is nothing
     */
    public boolean servedBy(@Nullable Needed found) {
        if (found == null) return false;
        return switch (kind) {
            case EXTENSION, FUNCTION, SEQUENCE, TABLE -> true;
            case COLLATION, ENUM, DOMAIN, COMPOSITE, RANGE, OTHER -> create.equals(found.create);
        };
    }
}
