package edu.wfu.wfumig.inventory;

/**
 * Something that stands outside of tables, of which tables to move are made, and that the target does not have as the source
 * has it.
 *
 * @param what in words: {@code extension vector}
 * @param create the statement that makes it
 * @param other whether the target has another one of that name
 * @param makeable whether it is made with the tables
 */
public record Lacking(String what, String create, boolean other, boolean makeable) {}
