package edu.wfu.wfumig.plan;

/** What is proved in staging before anyone sees it. */
public record Verify(boolean rowCounts, boolean digests, boolean orphans) {}
