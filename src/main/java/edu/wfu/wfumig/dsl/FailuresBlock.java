package edu.wfu.wfumig.dsl;

import edu.wfu.wfumig.plan.Failures.Then;
import groovy.transform.NamedParam;
import java.time.Duration;
import java.util.Map;

/** {@code failures { … }}: what happens when a site fails. */
public interface FailuresBlock extends Block {
    /**
     * {@code retry attempts: 3, backoff: 2.seconds, upTo: 60.seconds}: a step that was stopped by something that may pass is
     * tried again, after pauses that double.
     */
    void retry(
            @NamedParam(value = "attempts", type = Integer.class)
                    @NamedParam(value = "backoff", type = Duration.class)
                    @NamedParam(value = "upTo", type = Duration.class)
                    Map<String, ?> rules);

    /** How long a site may take until it is swapped in: {@code siteTimeout 20.minutes}. */
    void siteTimeout(Duration time);

    /** {@code maxConsecutive 5, then: pause}: so many sites that fail one after the other point to a common cause. */
    void maxConsecutive(@NamedParam(value = "then", type = Then.class, required = true) Map<String, ?> then, int sites);

    /** So many failed sites in all are too many; what {@code maxConsecutive} says is done then, too. */
    void maxTotal(int sites);

    /** A site that failed is cleaned up before the next one starts. It always is; a plan may say so. */
    void cleanUpAfterEach();

    /** {@code checkHealth every: 10.sites}: source, target and staging are examined though nothing failed. */
    void checkHealth(@NamedParam(value = "every", type = Units.Sites.class, required = true) Map<String, ?> every);

    /** {@code testConnections every: 50.sites}: they are asked whether they answer. */
    void testConnections(@NamedParam(value = "every", type = Units.Sites.class, required = true) Map<String, ?> every);

    /** Sites that run come to their end, no new one starts. */
    default Then getPause() {
        return Then.PAUSE;
    }

    /** Sites that run stop at their next safe moment. */
    default Then getAbort() {
        return Then.ABORT;
    }

    /** Whoever sits at the terminal is asked; nobody there means pause. */
    default Then getAsk() {
        return Then.ASK;
    }
}
