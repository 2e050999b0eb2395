package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.ledger.Ledger;
import edu.wfu.wfumig.report.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "status", description = "How a run stands, scope by scope.")
final class StatusCommand extends WfumigCommand implements Callable<Integer> {
    @Mixin
    private RunChoice choice;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Path folder = choice.folder(runs());
        var report = new RunReport(new RunFolder(folder).graph(), Ledger.peek(folder));
        out().print(json ? report.json() + "\n" : report.text());
        out().flush();
        return ExitCode.DONE.number;
    }
}
