package edu.wfu.wfumig.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(name = "validate", description = "Check a plan without any database.", mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Mixin
    private PlanOptions options;

    @Override
    public Integer call() {
        var plan = options.read(main.environment);
        spec.commandLine()
                .getOut()
                .println(options.file() + " is a valid plan: " + plan.name() + ", " + plan.from() + " -> " + plan.to());
        return ExitCode.DONE.number;
    }
}
