package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.ledger.RunState;
import edu.wfu.wfumig.ledger.RunState.Outcome;
import edu.wfu.wfumig.ledger.Runs;
import edu.wfu.wfumig.plan.Plan;
import edu.wfu.wfumig.report.Estimate;
import edu.wfu.wfumig.report.Estimate.Earlier;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What the ledgers of a plan's earlier runs teach about the next one. */
final class EarlierRuns {
    private static final int ENOUGH = 5;

    private EarlierRuns() {}

    static Estimate estimate(Runs runs, Plan plan) {
        try {
            List<Earlier> earlier = runs.of(plan.name())
                    .filter(run -> run.outcome() == Outcome.DONE && !run.resumed() && !run.rehearsal())
                    .limit(ENOUGH)
                    .flatMap(run -> earlier(runs, plan, run))
                    .toList();
            return Estimate.learned(earlier);
        } catch (IOException e) {
            return Estimate.GUESS;
        }
    }

    private static Stream<Earlier> earlier(Runs runs, Plan plan, RunState run) {
        var started = run.started();
        var ended = run.ended();
        if (started == null || ended == null) return Stream.of();
        try {
            var graph = new RunFolder(runs.folderOf(run.id())).graph();
            return Stream.of(new Earlier(graph, plan.parallel().sites(), Duration.between(started, ended)));
        } catch (Refusal e) {
            return Stream.of();
        }
    }
}
