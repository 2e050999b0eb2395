package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.plan.Plan;

/** Which way a plan is run: as it is written, or the other way with {@value #OPTION}. */
final class Direction {
    static final String OPTION = "--reverse";

    /** Ends the names of runs that go the other way. */
    private static final String REVERSED = "-reversed";

    private Direction() {}

    static Plan of(Plan plan, boolean reverse) {
        if (!reverse) return plan;
        if (plan.oneWay().isEmpty()) return plan.reversed();
        throw new Refusal(
                Refusal.Kind.INVALID,
                new Problem(
                        plan.location(),
                        "this plan cannot be turned round: it says " + String.join(", ", plan.oneWay()),
                        "nothing that is true in one direction only",
                        "nothing was written",
                        "write a plan for the way back, with its own replacements"));
    }

    /** What runs of a plan are called. */
    static String name(Plan plan, boolean reverse) {
        return reverse ? plan.name() + REVERSED : plan.name();
    }
}
