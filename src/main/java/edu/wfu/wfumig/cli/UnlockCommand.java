package edu.wfu.wfumig.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "unlock", description = "Free a target whose run is dead; refuses while it lives, and says who it is.")
final class UnlockCommand extends WfumigCommand implements Callable<Integer> {
    @Mixin
    private PlanOptions options;

    @Option(
            names = "--force",
            description = "Also while it lives: its connections are ended first, so it can write nothing more.")
    private boolean force;

    @Override
    public Integer call() {
        var plan = options.read(environment());
        try (var wiring = new Wiring(plan, RunFolder.beside(options.file()), environment(), false)) {
            String left = wiring.unlock(force);
            String target = plan.target().name() + " is free: ";
            out().println(target + (left == null ? "no run held it" : "what " + left + " had left was taken away"));
        }
        return ExitCode.DONE.number;
    }
}
