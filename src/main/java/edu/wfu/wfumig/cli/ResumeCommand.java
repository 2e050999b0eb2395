package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.graph.Step;
import edu.wfu.wfumig.ledger.Event;
import edu.wfu.wfumig.ledger.Ledger;
import edu.wfu.wfumig.ledger.RunState.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "resume", description = "Go on with a run that stopped or failed; steps that are done are passed over.")
final class ResumeCommand extends WfumigCommand implements Callable<Integer> {
    @Mixin
    private RunChoice choice;

    @Option(names = "--dry-run", description = "Show what would be done.")
    private boolean dryRun;

    @Option(names = "--json", description = "Progress and report as JSON on standard output.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        var runs = runs();
        Path folder = choice.folder(runs);
        var run = new RunFolder(folder);
        var plan = run.plan(environment());
        var graph = run.graph();
        var out = out();
        var state = Ledger.peek(folder);
        if (state.outcome() == Outcome.ROLLED_BACK) {
            throw new Refusal(
                    Refusal.Kind.INVALID,
                    Problem.of(
                            state.id() + " was rolled back",
                            "a run that stopped or failed",
                            "nothing was written",
                            "run the plan again"));
        }
        if (state.outcome() == Outcome.DONE) {
            out.println(state.id() + " is done; there is nothing to resume");
            return ExitCode.DONE.number;
        }
        if (dryRun) {
            for (Step step : graph.steps()) {
                out.println((state.done(step.id()) ? "skip  " : "do    ") + step.id());
            }
            return ExitCode.DONE.number;
        }
        try (var wiring = new Wiring(plan, Path.of(run.options().beside()), environment(), false)) {
            return new Launch(plan, graph, wiring, runs, out, json)
                    .go(folder, Path.of(run.options().work()), new Event.RunResumed())
                    .number;
        }
    }
}
