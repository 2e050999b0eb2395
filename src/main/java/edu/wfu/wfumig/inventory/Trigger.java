package edu.wfu.wfumig.inventory;

/** A trigger and the table on which it fires. */
public record Trigger(String name, String table) {}
