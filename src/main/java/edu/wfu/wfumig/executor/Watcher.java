package edu.wfu.wfumig.executor;

import edu.wfu.wfumig.graph.Step;

/** Sees what an executor does: for progress, logs and the history table. Must not throw. */
public interface Watcher {
    default void started(Step step) {}

    default void moved(Step step, long rows, long bytes) {}

    /** A step has all of a table. */
    default void table(Step step, String name, long rows, long bytes, long millis) {}

    default void said(Step step, String line) {}

    /**
     * A step waits, or goes on. It is {@link #said} as well.
     *
     * @param why what it waits for; empty when it goes on
     */
    default void waits(Step step, String why) {}

    default void done(Step step, long millis) {}

    default void failed(Step step, Throwable why) {}
}
