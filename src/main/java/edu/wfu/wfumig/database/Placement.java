package edu.wfu.wfumig.database;

import java.util.Map;

/**
 * Where tables are made anew.
 *
 * @param schema in which they are made
 * @param names what they are called there, by their own names; a definition that refers to one of them means that one
 * @param home the schema that their definitions are from
 * @param others the schema of all other tables that definitions refer to
 * @param ending of named constraints, which keeps them apart from others of their name; empty when they keep their own
 * @param from the product that the definitions are from
 * @param to the product of the server that is to understand them
 * @param words that the server lacks, and those that take their place
 */
public record Placement(
        String schema,
        Map<String, String> names,
        String home,
        String others,
        String ending,
        Origin from,
        String to,
        Map<String, String> words) {

    /**
     * @param own whether they are this very server's, and must come out as they were
     */
    public record Origin(String product, boolean own) {}

    /** What a table is called there. */
    public String named(String table) {
        String name = names.get(table);
        if (name == null) throw new IllegalArgumentException("table " + table + " is not to be made here");
        return name;
    }
}
