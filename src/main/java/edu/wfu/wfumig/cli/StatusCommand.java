package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.ledger.Ledger;
import edu.wfu.wfumig.ledger.Runs;
import edu.wfu.wfumig.report.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(name = "status", description = "How a run stands, scope by scope.", mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RunChoice choice;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Path folder = choice.folder(new Runs(main.stateDir()));
        var report = new RunReport(new RunFolder(folder).graph(), Ledger.peek(folder));
        spec.commandLine().getOut().print(json ? report.json() + "\n" : report.text());
        spec.commandLine().getOut().flush();
        return ExitCode.DONE.number;
    }
}
