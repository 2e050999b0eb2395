package edu.wfu.wfumig.inventory;

/**
 * Something that stays behind when tables move, such as the row-level security of one.
 *
 * @param name of the table, or of what stays behind itself
 * @param what in words for the preview: {@code the policy of "tenants"}; of what stays behind itself, why
 * @param itself whether the table itself, or what else goes by that name, stays behind
 */
public record NotCarried(String name, String what, boolean itself) {}
