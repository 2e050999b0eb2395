package edu.wfu.wfumig.dsl;

import groovy.transform.NamedParam;
import java.time.Duration;
import java.util.Map;

/**
 * {@code throttle { … }}: how the source is spared while it is exported. What is waited counts as the site's time, as
 * {@code siteTimeout} sees it, and the snapshot stays open meanwhile.
 */
public interface ThrottleBlock extends Block {
    /** So many rows are read in a second, by all scopes together: {@code maxRowsPerSecond 20_000}. */
    void maxRowsPerSecond(long rows);

    /**
     * {@code pauseWhen threadsRunning: 50, replicaLag: 5.seconds}: nothing is read while more threads run on the source, wfumig's
     * own not counted, or while the source is a replica that is further behind. Either or both.
     */
    void pauseWhen(
            @NamedParam(value = "threadsRunning", type = Integer.class)
                    @NamedParam(value = "replicaLag", type = Duration.class)
                    Map<String, ?> limits);
}
