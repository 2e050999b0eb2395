package edu.wfu.wfumig.plan;

/**
 * What moves side by side.
 *
 * @param sites at a time
 * @param chunks tables of one site at a time, each chunk by chunk
 */
public record Parallel(int sites, int chunks) {}
