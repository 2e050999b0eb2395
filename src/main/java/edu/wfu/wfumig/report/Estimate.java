package edu.wfu.wfumig.report;

import edu.wfu.wfumig.graph.Graph;
import java.time.Duration;
import java.util.List;

/**
 * How long a run may take.
 *
 * <ol>
 *   <li>A careful guess: so many bytes a second and lane, and a moment for each scope.
 *   <li>That, times how much longer or shorter earlier runs of the plan took than was guessed for them: the median, so that one
 *       run beside a backup does not count.
 * </ol>
 *
 * @param factor 1 when there is nothing to learn from
 * @param runs how many runs it was learned from
 */
public record Estimate(double factor, int runs) {
    public static final Estimate GUESS = new Estimate(1, 0);

    private static final long BYTES_PER_SECOND = 25_000_000;
    private static final long MILLIS_PER_SCOPE = 400;

    /** An earlier run: what it moved, with how many lanes, and how long it took. */
    public record Earlier(Graph graph, int lanes, Duration took) {}

    public static Estimate learned(List<Earlier> runs) {
        if (runs.isEmpty()) return GUESS;
        double[] factors = runs.stream()
                .mapToDouble(run -> (double) run.took().toMillis()
                        / Math.max(1, GUESS.of(run.graph(), run.lanes()).toMillis()))
                .sorted()
                .toArray();
        return new Estimate(factors[factors.length / 2], factors.length);
    }

    Duration of(Graph graph, int places) {
        int lanes = Math.max(1, Math.min(places, graph.scopes().size()));
        double guess = graph.scopes().size() * MILLIS_PER_SCOPE / (double) lanes
                + graph.bytes() * 1000.0 / (BYTES_PER_SECOND * lanes);
        return Duration.ofMillis((long) (guess * factor));
    }
}
