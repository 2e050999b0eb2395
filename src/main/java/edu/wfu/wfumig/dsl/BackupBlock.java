package edu.wfu.wfumig.dsl;

import java.time.Duration;

/** {@code backup { … }}: how the target's old tables are kept. */
public interface BackupBlock extends Block {
    /** How long replaced tables stay on the server for a rollback in seconds; {@code 7.days} when left out. */
    void keepTables(Duration time);

    /** Also dump them before the cutover. */
    void dump();
}
