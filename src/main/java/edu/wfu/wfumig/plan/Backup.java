package edu.wfu.wfumig.plan;

import java.time.Duration;

/**
 * How the target's old tables are kept.
 *
 * @param keepTables how long the replaced tables stay on the server, for a rollback in seconds
 * @param dump whether they are also dumped before the cutover
 */
public record Backup(Duration keepTables, boolean dump) {}
