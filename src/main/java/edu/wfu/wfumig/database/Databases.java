package edu.wfu.wfumig.database;

/** The servers of a run. Staging is the target itself when the plan names no other. */
public record Databases(Database source, Database target, Database staging) {}
