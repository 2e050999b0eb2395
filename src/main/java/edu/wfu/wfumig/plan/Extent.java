package edu.wfu.wfumig.plan;

/**
 * How much of a migration a run does: all of it, unless a command asked for a step by hand. It stands in the run's options, so that
 * a resume compiles the same graph.
 *
 * @param file of an export where the dump goes, of a restore where it lies; empty for the others
 */
public record Extent(Part part, String file) {
    /** What was asked for. */
    public enum Part {
        /** From the source to the target. */
        WHOLE,
        /** The environment is read into a dump. */
        EXPORT,
        /** The environment is read into the archive. */
        BACKUP,
        /** The environment is held against what a run or a dump says. */
        VERIFY,
        /** The target's own tables are rewritten, as if they had just come from the source as they are. */
        TRANSFORM,
        /** A dump that is there already goes to the environment. */
        RESTORE,
        /** Tables that a foreign file has made in a schema of wfumig's own go to the target; then that schema is dropped. */
        IMPORT
    }

    public static final Extent WHOLE = new Extent(Part.WHOLE, "");

    public static Extent of(Part part) {
        return new Extent(part, "");
    }

    /** Whether a target is changed; else all is only read. */
    public boolean writes() {
        return part != Part.EXPORT && part != Part.BACKUP && part != Part.VERIFY;
    }

    /** Whether one environment is both source and target. */
    public boolean oneEnvironment() {
        return !writes() || part == Part.RESTORE;
    }

    /** Whether what is read and what is changed may be one schema. */
    public boolean oneSchema() {
        return oneEnvironment() || part == Part.TRANSFORM;
    }

    /** Whether the source is an environment, and not a dump or what is gone after the run. */
    public boolean hasSource() {
        return part != Part.RESTORE && part != Part.IMPORT;
    }

    /** Whether a dump comes from a database, rather than being there. */
    public boolean reads() {
        return part != Part.RESTORE;
    }
}
