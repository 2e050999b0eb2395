package edu.wfu.wfumig.database;

/**
 * Who has a lock, and until when.
 *
 * @param token grows with each owner
 * @param connection of the server that has the lock
 * @param ended whether the owner was silent for too long, by the server's clock
 */
public record Lease(String owner, long token, long connection, boolean ended) {}
