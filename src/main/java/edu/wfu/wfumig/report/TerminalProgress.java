package edu.wfu.wfumig.report;

import edu.wfu.wfumig.Quantity;
import edu.wfu.wfumig.ScopeId;
import edu.wfu.wfumig.executor.Watcher;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Scope;
import edu.wfu.wfumig.graph.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;

/**
 * Progress on a terminal: a line for the whole, with rate and time left, and one per running scope. The lines are
 * redrawn in place and taken away at the end, so that the report follows on clean ground.
 */
public final class TerminalProgress implements Watcher, AutoCloseable {
    /** What a scope costs beside its bytes, in bytes, so that small scopes count. */
    private static final long OVERHEAD = 200_000;

    private final Graph graph;
    private final Terminal terminal;
    private final Display display;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });
    private final long start = System.nanoTime();
    private final Map<ScopeId, Long> stepsOf = new HashMap<>();
    private final Map<ScopeId, Running> running = new TreeMap<>();
    private double finishedWeight;
    private final double wholeWeight;
    private long exported;

    /** Where a running scope is. */
    private static final class Running {
        final Scope scope;
        String verb = "";
        String waitsFor = "";
        int stepsDone;
        long moved;

        Running(Scope scope) {
            this.scope = scope;
        }

        String doing() {
            return waitsFor.isEmpty() ? verb : verb + ", waiting: " + waitsFor;
        }
    }

    public TerminalProgress(Graph graph) throws IOException {
        this.graph = graph;
        // Signals stay wfumig's own: Ctrl-C is to stop the run at a safe moment.
        terminal = TerminalBuilder.builder()
                .system(true)
                .nativeSignals(false)
                .dumb(true)
                .build();
        display = new Display(terminal, false);
        for (Step step : graph.steps()) if (step.scope() != null) stepsOf.merge(step.scope(), 1L, Long::sum);
        wholeWeight =
                graph.scopes().stream().mapToDouble(TerminalProgress::weight).sum();
        timer.scheduleAtFixedRate(this::draw, 200, 200, TimeUnit.MILLISECONDS);
    }

    private static double weight(Scope scope) {
        return scope.bytes() + OVERHEAD;
    }

    @Override
    public synchronized void started(Step step) {
        if (step.scope() == null || step instanceof Step.Migrate) return;
        var at = running.computeIfAbsent(step.scope(), id -> new Running(graph.scope(id)));
        at.verb = step.verb();
        at.moved = 0;
        at.waitsFor = "";
    }

    @Override
    public synchronized void moved(Step step, long rows, long bytes) {
        if (step instanceof Step.Export) exported += bytes;
        var at = step.scope() == null ? null : running.get(step.scope());
        if (at != null) at.moved += bytes;
    }

    @Override
    public synchronized void waits(Step step, String why) {
        var at = step.scope() == null ? null : running.get(step.scope());
        if (at != null) at.waitsFor = why;
    }

    @Override
    public synchronized void done(Step step, long millis) {
        var at = step.scope() == null ? null : running.get(step.scope());
        if (at == null) return;
        at.stepsDone++;
        if (step instanceof Step.Clean) finish(at);
    }

    @Override
    public synchronized void failed(Step step, Throwable why) {
        var at = step.scope() == null ? null : running.get(step.scope());
        if (at != null) finish(at);
    }

    private void finish(Running at) {
        running.remove(at.scope.id());
        finishedWeight += weight(at.scope);
    }

    private double part(Running at) {
        double steps = stepsOf.getOrDefault(at.scope.id(), 1L);
        double within = Math.min(1, (double) at.moved / Math.max(1, at.scope.bytes()));
        return Math.min(1, (at.stepsDone + within) / steps);
    }

    private synchronized void draw() {
        int width = terminal.getWidth() > 0 ? terminal.getWidth() : 80;
        display.resize(Math.max(2, terminal.getHeight()), width);
        var lines = new ArrayList<AttributedString>();
        double done = finishedWeight;
        for (Running at : running.values()) done += weight(at.scope) * part(at);
        double part = wholeWeight == 0 ? 1 : Math.min(1, done / wholeWeight);
        var gone = Duration.ofNanos(System.nanoTime() - start);
        long rate = exported * 1000 / Math.max(1, gone.toMillis());
        String left = part < 0.02
                ? ""
                : ", " + Quantity.time(Duration.ofMillis((long) (gone.toMillis() * (1 - part) / part))) + " left";
        lines.add(line(graph.plan(), part, Quantity.bytes(rate) + "/s" + left, width));
        for (Running at : running.values()) lines.add(line("  " + at.scope.id(), part(at), at.doing(), width));
        display.update(lines, 0);
    }

    private static AttributedString line(String name, double part, String tail, int width) {
        int filled = (int) (part * 30);
        String bar = "=".repeat(filled) + " ".repeat(30 - filled);
        String text = String.format(Locale.ROOT, "%-14s [%s] %3d%%  %s", name, bar, (int) (part * 100), tail);
        return new AttributedString(text.substring(0, Math.min(text.length(), width - 1)));
    }

    @Override
    public void close() {
        timer.shutdownNow();
        synchronized (this) {
            display.update(List.of(), 0);
            terminal.flush();
        }
        try {
            terminal.close();
        } catch (IOException e) {
            // The terminal is gone; so is what was drawn on it.
        }
    }
}
