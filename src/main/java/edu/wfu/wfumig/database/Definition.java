package edu.wfu.wfumig.database;

/**
 * A view or trigger.
 *
 * @param table the table of a trigger, otherwise empty
 * @param create its CREATE statement, without schema and definer
 * @param sqlMode the mode in which a trigger was made and must be made again, otherwise empty
 * @param definer the account it runs as; empty for the account that makes it
 */
public record Definition(String name, String table, String create, String sqlMode, String definer) {}
