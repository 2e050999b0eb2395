package edu.wfu.wfumig.dsl;

import edu.wfu.wfumig.plan.Notices;
import edu.wfu.wfumig.plan.Notices.On;
import edu.wfu.wfumig.plan.Secret;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Builds who is told how a run goes. */
final class NotifyBuilder extends BlockBuilder implements NotifyBlock {
    private final List<Secret> webhooks = new ArrayList<>();
    private final Set<On> moments = EnumSet.noneOf(On.class);

    NotifyBuilder(PlanReading reading) {
        super(reading);
    }

    @Override
    public void webhook(Secret address) {
        webhooks.add(address);
    }

    @Override
    public void on(On... given) {
        moments.addAll(List.of(given));
    }

    Notices build() {
        if (webhooks.isEmpty()) reading.problem("a notify block that tells nobody", "webhook secret('…')");
        return new Notices(List.copyOf(webhooks), moments.isEmpty() ? Notices.NONE.on() : Set.copyOf(moments));
    }
}
