package edu.wfu.wfumig.dsl;

import edu.wfu.wfumig.plan.Failures;
import edu.wfu.wfumig.plan.Failures.Then;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds a plan's failure rules; what a block leaves out is as without it. */
final class FailuresBuilder extends BlockBuilder implements FailuresBlock {
    private int attempts = Failures.DEFAULT.attempts();
    private Duration backoff = Failures.DEFAULT.backoff();
    private Duration upTo = Failures.DEFAULT.upTo();
    private @Nullable Duration siteTimeout;
    private @Nullable Integer maxConsecutive = Failures.DEFAULT.maxConsecutive();
    private Then then = Failures.DEFAULT.then();
    private @Nullable Integer maxTotal;
    private @Nullable Integer healthEvery;
    private @Nullable Integer connectionsEvery;

    FailuresBuilder(PlanReading reading) {
        super(reading);
    }

    @Override
    public void retry(Map<String, ?> rules) {
        if (rules.get("attempts") instanceof Integer wanted) attempts = wanted;
        if (rules.get("backoff") instanceof Duration wanted) backoff = positive(wanted);
        if (rules.get("upTo") instanceof Duration wanted) upTo = positive(wanted);
        if (attempts < 1) reading.problem(attempts + " attempts", "at least 1");
        if (upTo.compareTo(backoff) < 0) reading.problem("pauses up to less than the first one", "upTo above backoff");
    }

    private Duration positive(Duration time) {
        if (time.isZero() || time.isNegative()) reading.problem("no time at all", "some time, such as 2.seconds");
        return time;
    }

    @Override
    public void siteTimeout(Duration time) {
        siteTimeout = positive(time);
    }

    @Override
    public void maxConsecutive(Map<String, ?> what, int sites) {
        maxConsecutive = atLeastOne(sites);
        if (what.get("then") instanceof Then wanted) then = wanted;
    }

    @Override
    public void maxTotal(int sites) {
        maxTotal = atLeastOne(sites);
    }

    private int atLeastOne(int sites) {
        if (sites < 1) reading.problem(sites + " sites", "at least 1");
        return sites;
    }

    @Override
    public void cleanUpAfterEach() {
        // Nothing to switch on: a scope that fails always leaves through clean.
    }

    @Override
    public void checkHealth(Map<String, ?> every) {
        if (every.get("every") instanceof Units.Sites sites) healthEvery = atLeastOne(sites.count());
    }

    @Override
    public void testConnections(Map<String, ?> every) {
        if (every.get("every") instanceof Units.Sites sites) connectionsEvery = atLeastOne(sites.count());
    }

    Failures build() {
        return new Failures(
                attempts, backoff, upTo, siteTimeout, maxConsecutive, then, maxTotal, healthEvery, connectionsEvery);
    }
}
