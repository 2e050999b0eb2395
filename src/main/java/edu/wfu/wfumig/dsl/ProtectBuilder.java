package edu.wfu.wfumig.dsl;

import edu.wfu.wfumig.plan.Protection;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds how an environment is protected. */
final class ProtectBuilder extends BlockBuilder implements ProtectBlock {
    private @Nullable Duration rehearsedWithin;

    ProtectBuilder(PlanReading reading) {
        super(reading);
    }

    @Override
    public void confirm() {
        // Nothing to switch on: who protects an environment wants its name to be typed.
    }

    @Override
    public void requireRehearsal(Map<String, ?> within) {
        if (!(within.get("within") instanceof Duration time)) return;
        if (time.isZero() || time.isNegative())
            reading.problem("a rehearsal within no time", "some time, such as 24.hours");
        rehearsedWithin = time;
    }

    Protection build() {
        return new Protection(rehearsedWithin);
    }
}
