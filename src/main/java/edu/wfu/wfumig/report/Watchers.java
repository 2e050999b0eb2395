package edu.wfu.wfumig.report;

import edu.wfu.wfumig.executor.Watcher;
import edu.wfu.wfumig.graph.Step;
import java.util.List;

/** Several watchers as one. One that throws is passed over: watching must never stop a run. */
public record Watchers(List<Watcher> all) implements Watcher {
    @Override
    public void started(Step step) {
        each(watcher -> watcher.started(step));
    }

    @Override
    public void moved(Step step, long rows, long bytes) {
        each(watcher -> watcher.moved(step, rows, bytes));
    }

    @Override
    public void table(Step step, String name, long rows, long bytes, long millis) {
        each(watcher -> watcher.table(step, name, rows, bytes, millis));
    }

    @Override
    public void said(Step step, String line) {
        each(watcher -> watcher.said(step, line));
    }

    @Override
    public void waits(Step step, String why) {
        each(watcher -> watcher.waits(step, why));
    }

    @Override
    public void done(Step step, long millis) {
        each(watcher -> watcher.done(step, millis));
    }

    @Override
    public void failed(Step step, Throwable why) {
        each(watcher -> watcher.failed(step, why));
    }

    private void each(java.util.function.Consumer<Watcher> call) {
        for (var watcher : all) {
            try {
                call.accept(watcher);
            } catch (RuntimeException e) {
                // A full disk under a log, a closed terminal: the ledger still has it all.
            }
        }
    }
}
