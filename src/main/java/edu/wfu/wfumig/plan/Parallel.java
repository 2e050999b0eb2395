package edu.wfu.wfumig.plan;

/** How many sites move side by side. */
public record Parallel(int sites) {}
