package edu.wfu.wfumig.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the source is spared while it is read.
 *
 * @param maxRowsPerSecond so many rows are read in a second by all scopes together; null for as many as it gives
 * @param threadsRunning reading pauses while more threads than these run on the source, wfumig's own not counted; null for never
 * @param replicaLag reading pauses while the source is a replica that is further behind; null for never
 */
public record Throttle(
        @Nullable Long maxRowsPerSecond,
        @Nullable Integer threadsRunning,
        @Nullable Duration replicaLag) {

    public static final Throttle NONE = new Throttle(null, null, null);

    /** Whether reading depends on how busy the source is. */
    public boolean watches() {
        return threadsRunning != null || replicaLag != null;
    }

    /** How long reading so many rows takes at least; zero when it may go as fast as it can. */
    public Duration atLeast(long rows) {
        return maxRowsPerSecond == null ? Duration.ZERO : Duration.ofSeconds(rows / maxRowsPerSecond);
    }
}
