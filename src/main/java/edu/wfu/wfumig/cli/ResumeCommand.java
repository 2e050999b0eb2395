package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.graph.Step;
import edu.wfu.wfumig.ledger.Event;
import edu.wfu.wfumig.ledger.Ledger;
import edu.wfu.wfumig.ledger.Runs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "resume",
        description = "Go on with a run that stopped or failed; steps that are done are passed over.",
        mixinStandardHelpOptions = true)
final class ResumeCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RunChoice choice;

    @Option(names = "--dry-run", description = "Show what would be done.")
    private boolean dryRun;

    @Option(names = "--json", description = "Progress and report as JSON on standard output.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        var runs = new Runs(main.stateDir());
        Path folder = choice.folder(runs);
        var run = new RunFolder(folder);
        var plan = run.plan(main.environment);
        var graph = run.graph();
        var out = spec.commandLine().getOut();
        if (dryRun) {
            var state = Ledger.peek(folder);
            for (Step step : graph.steps()) {
                out.println((state.done(step.id()) ? "skip  " : "do    ") + step.id());
            }
            return ExitCode.DONE.number;
        }
        try (var wiring = new Wiring(plan, Path.of(run.options().beside()), main.environment, false)) {
            return new Launch(plan, graph, wiring, runs, out, json)
                    .go(folder, Path.of(run.options().work()), new Event.RunResumed())
                    .number;
        }
    }
}
