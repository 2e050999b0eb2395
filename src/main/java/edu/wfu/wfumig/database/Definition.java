package edu.wfu.wfumig.database;

/** A view or trigger: its name, the table of a trigger (otherwise empty), its CREATE statement without a schema. */
public record Definition(String name, String table, String create) {}
