package edu.wfu.wfumig.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "validate", description = "Check a plan without any database.")
final class ValidateCommand extends WfumigCommand implements Callable<Integer> {
    @Mixin
    private PlanOptions options;

    @Override
    public Integer call() {
        var plan = options.read(environment());
        out().println(options.file() + " is a valid plan: " + plan.name() + ", " + plan.from() + " -> " + plan.to());
        return ExitCode.DONE.number;
    }
}
