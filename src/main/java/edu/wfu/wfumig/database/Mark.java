package edu.wfu.wfumig.database;

/**
 * What a schema says of itself: which environment it is, and where it stood when that was written down. A copy of the schema takes
 * its mark along, but not its place.
 *
 * @param server the server's identity, as {@code ServerFacts} has it
 * @param at when it was written, by the server's clock in UTC
 * @param by who wrote it: a run, or a person
 */
public record Mark(String environment, String server, String schema, String at, String by) {
    /** The table that holds it, in the schema itself. */
    public static final String TABLE = "wfumig_mark";
}
