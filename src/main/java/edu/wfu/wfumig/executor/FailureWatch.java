package edu.wfu.wfumig.executor;

import edu.wfu.wfumig.executor.Operator.Answer;
import edu.wfu.wfumig.ledger.RunState;
import edu.wfu.wfumig.plan.Failures;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides after each site whether the run goes on.
 *
 * <ol>
 *   <li>Sites that fail one after the other, in the order in which they end, point to a common cause. The counts stand in
 *       the ledger, so a crash does not forget them.
 *   <li>Before anything is decided, source, target and staging are examined. When one is ill, that is the cause, and the
 *       run pauses whatever the plan says: more sites would only fail more.
 *   <li>Otherwise the plan's word counts: pause, abort, or ask.
 *   <li>Every so many sites the databases are asked whether they answer, or examined, though nothing failed.
 * </ol>
 */
final class FailureWatch {
    /** Why a run does not go on. */
    record Halt(boolean abort, String why) {}

    private final Failures rules;
    private final RunState state;
    private final Health health;
    private final Operator operator;
    private int ended;

    /** Failures that the operator knows of and wants to go on with. */
    private int forgivenInARow;

    private int forgivenInAll;

    FailureWatch(Failures rules, RunState state, Health health, Operator operator) {
        this.rules = rules;
        this.state = state;
        this.health = health;
        this.operator = operator;
    }

    /** What is to be done after a site ended; null to go on. */
    @Nullable
    Halt after(boolean failed) {
        ended++;
        if (!failed) forgivenInARow = 0;
        if (failed) {
            var tooMany = tooMany();
            if (tooMany != null) return decide(tooMany);
        }
        if (due(rules.healthEvery())) return ill("after " + ended + " sites", health.examine());
        if (due(rules.connectionsEvery())) return ill("after " + ended + " sites", health.connections());
        return null;
    }

    private boolean due(@Nullable Integer every) {
        return every != null && ended % every == 0;
    }

    private @Nullable String tooMany() {
        Integer consecutive = rules.maxConsecutive();
        if (state.failedInARow() < forgivenInARow) forgivenInARow = 0;
        if (consecutive != null && state.failedInARow() - forgivenInARow >= consecutive)
            return state.failedInARow() + " sites failed one after the other";
        Integer total = rules.maxTotal();
        if (total != null && state.failedInAll() - forgivenInAll >= total) return state.failedInAll() + " sites failed";
        return null;
    }

    private @Nullable Halt decide(String why) {
        var ailing = ill(why, health.examine());
        if (ailing != null) return ailing;
        String healthy = why + "; source, target and staging are well";
        var answer = switch (rules.then()) {
            case PAUSE -> Answer.PAUSE;
            case ABORT -> Answer.ABORT;
            case ASK -> operator.ask(healthy);
        };
        if (answer != Answer.GO_ON) return new Halt(answer == Answer.ABORT, healthy);
        forgivenInARow = state.failedInARow();
        forgivenInAll = state.failedInAll();
        return null;
    }

    private static @Nullable Halt ill(String why, List<String> ailments) {
        return ailments.isEmpty() ? null : new Halt(false, why + "; " + String.join("; ", ailments));
    }
}
