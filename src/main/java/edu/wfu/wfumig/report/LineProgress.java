package edu.wfu.wfumig.report;

import edu.wfu.wfumig.Quantity;
import edu.wfu.wfumig.executor.Watcher;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Step;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Progress where there is no terminal: a line per finished scope and per failure, with rate and time left. */
public final class LineProgress implements Watcher {
    private final PrintStream out;
    private final int scopes;
    private final long start = System.nanoTime();
    private final AtomicInteger finished = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    public LineProgress(Graph graph, PrintStream out) {
        this.scopes = graph.scopes().size();
        this.out = out;
    }

    @Override
    public void moved(Step step, long rows, long moved) {
        if (step instanceof Step.Export) bytes.addAndGet(moved);
    }

    @Override
    public void said(Step step, String line) {
        if (step.scope() == null) out.println("  " + step.id() + ": " + line); // scopes have logs of their own
    }

    @Override
    public void waits(Step step, String why) {
        out.println("  " + step.id() + (why.isEmpty() ? " goes on" : " waiting: " + why));
    }

    @Override
    public void done(Step step, long millis) {
        if (!(step instanceof Step.Clean)) return;
        int done = finished.incrementAndGet();
        var gone = Duration.ofNanos(System.nanoTime() - start);
        long rate = bytes.get() * 1000 / Math.max(1, gone.toMillis());
        out.println("  " + step.scope() + " done (" + done + " of " + scopes + ", " + Quantity.bytes(rate) + "/s, "
                + Quantity.time(gone.multipliedBy(scopes - done).dividedBy(done)) + " left)");
    }

    @Override
    public void failed(Step step, Throwable why) {
        out.println("  " + step.id() + " failed: "
                + String.valueOf(why.getMessage()).lines().findFirst().orElse(""));
    }
}
