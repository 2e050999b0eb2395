package edu.wfu.wfumig.database;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How busy a server is at a moment.
 *
 * @param threadsRunning threads that are at a statement, without those of the {@link Database} that asked
 * @param replica whether it is a replica; false as well when nobody asked for its lag
 * @param lag how far it is behind, in whole seconds, by the slowest of its channels; zero when it is no replica, null when
 *     it is one and does not know, because replication stands still
 */
public record ServerLoad(
        long threadsRunning, boolean replica, @Nullable Duration lag) {}
