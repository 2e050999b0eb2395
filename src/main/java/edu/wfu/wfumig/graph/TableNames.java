package edu.wfu.wfumig.graph;

import edu.wfu.wfumig.Digest;
import edu.wfu.wfumig.graph.Graph.Place;

/**
 * Names of staged and kept tables. In a schema of wfumig's own a staged table keeps its name; elsewhere it gets a
 * reserved one. Kept tables of several runs lie side by side, so they always carry the run.
 */
public final class TableNames {
    /** MySQL allows so many characters. Source: MySQL manual, "Identifier Length Limits". */
    private static final int LONGEST = 64;

    public static final String STAGED = "_wfumig_staged_";
    public static final String KEPT = "_wfumig_kept_";

    private TableNames() {}

    public static String staged(Place staging, String table) {
        return staging.own() ? table : fit(STAGED, table);
    }

    public static String kept(String run, String table) {
        return fit(KEPT + Digest.of(run).substring(0, 8) + "_", table);
    }

    /** Whether a name is one that wfumig gives, so that nothing else is ever dropped. */
    public static boolean reserved(String table) {
        return table.startsWith(STAGED) || table.startsWith(KEPT);
    }

    private static String fit(String prefix, String table) {
        String name = prefix + table;
        if (name.length() <= LONGEST) return name;
        return name.substring(0, LONGEST - 9) + "_" + Digest.of(table).substring(0, 8);
    }
}
