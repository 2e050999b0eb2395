package edu.wfu.wfumig.steps;

import static edu.wfu.wfumig.steps.SqlText.name;

import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.executor.Watcher;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Step;
import edu.wfu.wfumig.ledger.RunState;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A row per run in the target's own {@value #TABLE}, so that a second operator sees from the database what happens to
 * it. A mirror for people: nothing reads it back.
 */
public final class History implements Watcher {
    public static final String TABLE = "wfumig_history";

    private final Graph graph;
    private final Database target;
    private final String run;
    private final AtomicBoolean announced = new AtomicBoolean();

    /** Whether the run has a row. */
    private final AtomicBoolean begun = new AtomicBoolean();

    private final AtomicInteger finished = new AtomicInteger();

    public History(Graph graph, Database target, RunState state) {
        this.graph = graph;
        this.target = target;
        this.run = state.id();
        long before = graph.scopes().stream()
                .filter(scope -> state.done(new Step.Clean(scope.id()).id()))
                .count();
        finished.set((int) before);
        begun.set(state.done("preflight") && before > 0);
    }

    private String table() {
        return name(graph.target().schema()) + "." + name(TABLE);
    }

    @Override
    public void started(Step step) {
        // Not before preflight has seen that all is well.
        if (!(step instanceof Step.Preflight) && announced.compareAndSet(false, true)) begin();
    }

    /** Makes the table when it is missing, and the run's row. */
    private void begin() {
        begun.set(true);
        try (var editor = target.editor()) {
            editor.createTable(
                    graph.target().schema(),
                    "CREATE TABLE IF NOT EXISTS " + name(TABLE) + " (run VARCHAR(190) CHARACTER SET ascii PRIMARY KEY,"
                            + " source VARCHAR(64), target VARCHAR(64), started DATETIME, updated DATETIME,"
                            + " phase VARCHAR(64), scopes INT, finished INT, percent INT, size_bytes BIGINT,"
                            + " duration_seconds INT) DEFAULT CHARSET=utf8mb4");
            editor.update(
                    "INSERT INTO " + table()
                            + " VALUES (?, ?, ?, UTC_TIMESTAMP(), UTC_TIMESTAMP(), 'started', ?, 0, 0, ?,"
                            + " 0) ON DUPLICATE KEY UPDATE updated = UTC_TIMESTAMP(), phase = 'resumed'",
                    List.of(
                            run,
                            graph.source().environment(),
                            graph.target().environment(),
                            Integer.toString(graph.scopes().size()),
                            Long.toString(graph.bytes())));
        }
    }

    @Override
    public void done(Step step, long millis) {
        if (step instanceof Step.Clean) update(step.scope() + " done", finished.incrementAndGet());
    }

    @Override
    public void failed(Step step, Throwable why) {
        update(step.id() + " failed", finished.get());
    }

    /** How the run ended. */
    public void end(String outcome) {
        update(outcome, finished.get());
    }

    private void update(String phase, int scopes) {
        if (!begun.get()) return;
        try (var editor = target.editor()) {
            editor.update(
                    "UPDATE " + table() + " SET updated = UTC_TIMESTAMP(), phase = ?, finished = ?, percent = ?,"
                            + " duration_seconds = TIMESTAMPDIFF(SECOND, started, UTC_TIMESTAMP()) WHERE run = ?",
                    List.of(
                            phase.substring(0, Math.min(64, phase.length())),
                            Integer.toString(scopes),
                            Integer.toString(
                                    100 * scopes / Math.max(1, graph.scopes().size())),
                            run));
        }
    }
}
