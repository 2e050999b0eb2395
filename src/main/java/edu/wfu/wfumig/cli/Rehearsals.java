package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Quantity;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.ledger.RunState;
import edu.wfu.wfumig.ledger.RunState.Outcome;
import edu.wfu.wfumig.ledger.Runs;
import edu.wfu.wfumig.plan.Environment;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What the ledgers know of rehearsals. One counts when it ended well, is young enough, and was of the very same graph. */
final class Rehearsals {
    private Rehearsals() {}

    /** Refuses when the target asks for a rehearsal and none counts. */
    static void require(Runs runs, Environment target, Graph graph, String command) throws IOException {
        var protection = target.protection();
        Duration within = protection == null ? null : protection.rehearsedWithin();
        if (within == null) return;
        List<RunState> rehearsals = runs.of(graph.plan())
                .filter(run -> run.rehearsal() && run.outcome() == Outcome.DONE)
                .toList();
        var young = rehearsals.stream()
                .filter(run -> age(run).compareTo(within) <= 0)
                .toList();
        if (young.stream().anyMatch(run -> same(runs, run, graph))) return;
        String found = rehearsals.isEmpty()
                ? "this plan was never rehearsed"
                : young.isEmpty()
                        ? "the last rehearsal is " + Quantity.time(age(rehearsals.get(0))) + " old"
                        : "plan, source or target changed since the rehearsal "
                                + young.get(0).id();
        throw new Refusal(
                Refusal.Kind.STALE,
                Problem.of(
                        found,
                        "'" + target.name() + "' is protected: a rehearsal of the same plan on the same tables within "
                                + Quantity.time(within),
                        "nothing was written",
                        command));
    }

    private static Duration age(RunState run) {
        Instant ended = run.ended();
        return Duration.between(ended == null ? Instant.EPOCH : ended, Instant.now());
    }

    private static boolean same(Runs runs, RunState run, Graph graph) {
        try {
            return new RunFolder(runs.folderOf(run.id()))
                    .options()
                    .graphDigest()
                    .equals(graph.digest());
        } catch (Refusal unreadable) {
            return false;
        }
    }
}
