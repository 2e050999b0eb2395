package edu.wfu.wfumig.dsl;

import edu.wfu.wfumig.plan.Throttle;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds how the source is spared; what a block leaves out is not limited. */
final class ThrottleBuilder extends BlockBuilder implements ThrottleBlock {
    private @Nullable Long maxRowsPerSecond;
    private @Nullable Integer threadsRunning;
    private @Nullable Duration replicaLag;

    ThrottleBuilder(PlanReading reading) {
        super(reading);
    }

    @Override
    public void maxRowsPerSecond(long rows) {
        if (rows < 1) reading.problem(rows + " rows a second", "at least 1");
        maxRowsPerSecond = rows;
    }

    @Override
    public void pauseWhen(Map<String, ?> wanted) {
        if (wanted.get("threadsRunning") instanceof Integer threads) {
            if (threads < 1) reading.problem("a pause above " + threads + " running threads", "at least 1");
            threadsRunning = threads;
        }
        if (wanted.get("replicaLag") instanceof Duration lag) {
            if (lag.toSeconds() < 1) {
                reading.problem("a replica that may not lag at all", "at least 1.seconds, as servers count in seconds");
            }
            replicaLag = lag;
        }
    }

    Throttle build() {
        var limits = new Throttle(maxRowsPerSecond, threadsRunning, replicaLag);
        if (limits.equals(Throttle.NONE)) {
            reading.problem("a throttle block that limits nothing", "maxRowsPerSecond, pauseWhen or both");
        }
        return limits;
    }
}
