package edu.wfu.wfumig.inventory;

/**
 * Something of a table that stays behind when the table moves, such as its row-level security.
 *
 * @param what in words for the preview: {@code partitions}, {@code the policy of "tenants"}
 */
public record NotCarried(String table, String what) {}
