package edu.wfu.wfumig.database;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says who wants a lock.
 *
 * @param name the lock, in at most 48 characters of ASCII
 * @param what is locked, for messages
 * @param schema where the lease is written down; null for a lock that lives by its connection alone
 * @param owner who it is, for those who come later
 * @param lease how long the owner may be silent before another may take its place
 * @param byForce whether an owner that lives is put out
 */
public record Claim(String name, String what, @Nullable String schema, String owner, Duration lease, boolean byForce) {}
