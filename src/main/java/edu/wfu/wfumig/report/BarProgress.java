package edu.wfu.wfumig.report;

import edu.wfu.wfumig.ScopeId;
import edu.wfu.wfumig.executor.Watcher;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Step;
import java.util.HashMap;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress on a terminal: a bar for the whole and one per running scope, each with rate and time left. */
public final class BarProgress implements Watcher, AutoCloseable {
    private final Graph graph;
    private final ProgressBar whole;
    private final Map<ScopeId, ProgressBar> running = new HashMap<>();

    public BarProgress(Graph graph) {
        this.graph = graph;
        this.whole = bar(graph.plan(), work(graph.bytes()));
    }

    /** Each byte is exported once and staged once. */
    private static long work(long bytes) {
        return Math.max(1, 2 * bytes);
    }

    private static ProgressBar bar(String name, long max) {
        return new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(max)
                .setUnit(" MB", 1 << 20)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .showSpeed()
                .continuousUpdate()
                .build();
    }

    @Override
    public synchronized void started(Step step) {
        var scope = step.scope();
        if (scope == null) return;
        running.computeIfAbsent(scope, id -> bar(id.text(), work(graph.scope(id).bytes())))
                .setExtraMessage(step.verb());
    }

    @Override
    public synchronized void moved(Step step, long rows, long bytes) {
        if (!(step instanceof Step.Export) && !(step instanceof Step.Stage)) return;
        whole.stepBy(bytes);
        var bar = running.get(step.scope());
        if (bar != null) bar.stepBy(bytes);
    }

    @Override
    public synchronized void done(Step step, long millis) {
        if (step instanceof Step.Clean) finish(step);
    }

    @Override
    public synchronized void failed(Step step, Throwable why) {
        finish(step);
    }

    private void finish(Step step) {
        var bar = running.remove(step.scope());
        if (bar != null) bar.close();
    }

    @Override
    public synchronized void close() {
        running.values().forEach(ProgressBar::close);
        whole.stepTo(whole.getMax());
        whole.close();
    }
}
