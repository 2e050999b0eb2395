package edu.wfu.wfumig.inventory;

/** A foreign key: {@code table} refers to {@code parent}, both of the same schema. */
public record ForeignKey(String name, String table, String parent) {}
