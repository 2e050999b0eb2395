package edu.wfu.wfumig.inventory;

/** What source and target hold at the moment of the survey. */
public record Inventory(Holding source, Holding target) {}
