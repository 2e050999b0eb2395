package edu.wfu.wfumig.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What happens when a site fails.
 *
 * @param attempts how often a step is tried in all, when what stopped it may pass
 * @param backoff how long the first pause between two attempts is; each next one is twice as long
 * @param upTo the longest pause
 * @param siteTimeout how long a site may take until it is swapped in; null for as long as it likes
 * @param maxConsecutive so many sites that fail one after the other point to a common cause; null for never
 * @param then what is done about it
 * @param maxTotal so many failed sites in all are too many; null for never
 * @param healthEvery after so many sites source, target and staging are examined; null for only when something is wrong
 * @param connectionsEvery after so many sites they are asked whether they answer; null for never
 */
public record Failures(
        int attempts,
        Duration backoff,
        Duration upTo,
        @Nullable Duration siteTimeout,
        @Nullable Integer maxConsecutive,
        Then then,
        @Nullable Integer maxTotal,
        @Nullable Integer healthEvery,
        @Nullable Integer connectionsEvery) {

    /** What a run does when too much failed. */
    public enum Then {
        /** Lets what runs come to its end, starts nothing new. */
        PAUSE,
        /** Stops what runs at its next safe moment. */
        ABORT,
        /** Asks whoever sits at the terminal; pauses when nobody does. */
        ASK
    }

    public static final Failures DEFAULT =
            new Failures(3, Duration.ofSeconds(2), Duration.ofMinutes(1), null, 5, Then.PAUSE, null, null, null);

    /**
     * The pause before an attempt.
     *
     * @param attempt 2 for the first repetition
     * @param jitter from 0 to 1: the pause is between half of its length and all of it, so that not everybody comes
     *     back at the same moment
     */
    public Duration pause(int attempt, double jitter) {
        double doubled = backoff.toMillis() * Math.pow(2, attempt - 2);
        double bounded = Math.min(doubled, upTo.toMillis());
        return Duration.ofMillis((long) (bounded * (0.5 + jitter / 2)));
    }
}
