package edu.wfu.wfumig.executor;

import edu.wfu.wfumig.graph.Step;

/** Sees what an executor does: for progress, logs and the history table. Must not throw. */
public interface Watcher {
    default void started(Step step) {}

    default void moved(Step step, long rows, long bytes) {}

    default void said(Step step, String line) {}

    default void done(Step step, long millis) {}

    default void failed(Step step, Throwable why) {}
}
