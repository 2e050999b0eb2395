package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.ledger.Ledger;
import edu.wfu.wfumig.steps.KeptTables;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "clean", description = "Drop the old tables that a run kept, once their time has passed.")
final class CleanCommand extends WfumigCommand implements Callable<Integer> {
    @Mixin
    private RunChoice choice;

    @Mixin
    private Confirmation confirmation;

    @Option(names = "--now", description = "Before their time has passed; then only backup dumps lead back.")
    private boolean now;

    @Override
    public Integer call() throws IOException {
        Path folder = choice.folder(runs());
        var run = new RunFolder(folder);
        var plan = run.plan(environment());
        var graph = run.graph();
        if (now) confirmation.requireName(plan.target(), terminal(), "wfumig clean " + folder.getFileName() + " --now");
        try (var wiring = new Wiring(plan, Path.of(run.options().beside()), environment(), false);
                var locks = wiring.lock(graph, "clean of " + folder.getFileName());
                var ledger = Ledger.open(folder)) {
            int dropped =
                    new KeptTables(graph, wiring.databases().target(), ledger).drop(now ? Instant.MAX : Instant.now());
            out().println(dropped + " kept tables were dropped");
        }
        return ExitCode.DONE.number;
    }
}
