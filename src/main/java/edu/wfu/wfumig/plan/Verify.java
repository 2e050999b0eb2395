package edu.wfu.wfumig.plan;

/**
 * What is proved in staging before anyone sees it.
 *
 * @param orphans rows of WordPress that point at rows that are not there; counted, because networks have some
 * @param foreignKeys every foreign key of the staged tables holds; one that does not is a failure
 */
public record Verify(boolean rowCounts, boolean digests, boolean orphans, boolean foreignKeys) {
    /** What is proved of sites when a plan is silent. A site whose filters leave rows out may break its own foreign keys. */
    public static final Verify OF_SITES = new Verify(true, true, true, false);

    /** What is proved of tables when a plan is silent. */
    public static final Verify OF_TABLES = new Verify(true, true, false, true);
}
