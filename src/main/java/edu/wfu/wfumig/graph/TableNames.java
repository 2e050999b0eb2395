package edu.wfu.wfumig.graph;

import edu.wfu.wfumig.Digest;
import edu.wfu.wfumig.graph.Graph.Place;

/**
 * Names of staged and kept tables. In a schema of wfumig's own a staged table keeps its name; elsewhere it gets a
 * reserved one. Kept tables of several runs exist at the same time, so their schema or their name carries the run.
 */
public final class TableNames {
    /** MySQL allows so many characters. Source: MySQL manual, "Identifier Length Limits". */
    private static final int LONGEST = 64;

    public static final String STAGED = "_wfumig_staged_";
    /** Stands in the names of schemas or databases into which foreign files go; what tells them apart follows. */
    public static final String INTAKE = "_wfumig_intake_";

    public static final String KEPT = "_wfumig_kept_";

    private TableNames() {}

    public static String staged(Place staging, String table) {
        return staging.own() ? table : fit(STAGED, table);
    }

    /** Where a run's old tables are kept: a schema per run, because constraints are named once per schema. */
    public static String keptSchema(Place kept, String run) {
        if (!kept.own()) return kept.schema();
        String ending = "_" + brief(run);
        return kept.schema().substring(0, Math.min(kept.schema().length(), LONGEST - ending.length())) + ending;
    }

    /** What the names of a target's places for foreign files begin with. */
    public static String intakePrefix(String target) {
        return target.substring(0, Math.min(target.length(), LONGEST - 1 - INTAKE.length() - 8)) + INTAKE;
    }

    public static String kept(Place kept, String run, String table) {
        return kept.own() ? table : fit(KEPT + brief(run) + "_", table);
    }

    /** Eight digits that tell runs apart. */
    public static String brief(String run) {
        return Digest.of(run).substring(0, 8);
    }

    /** Whether a table is wfumig's own, of whatever kind: history, lock, staged or kept. Such tables never move. */
    public static boolean own(String table) {
        return reserved(table) || table.startsWith("wfumig_");
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
