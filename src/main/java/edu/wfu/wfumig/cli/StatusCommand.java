package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.ledger.Ledger;
import edu.wfu.wfumig.ledger.RunState.Outcome;
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

    private static final long SECOND = 1000;

    @Option(names = "--watch", description = "Again every second, until the run ends.")
    private boolean watch;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Path folder = choice.folder(runs());
        var graph = new RunFolder(folder).graph();
        while (true) {
            var report = new RunReport(graph, Ledger.peek(folder));
            if (watch && !json && System.console() != null) out().print("\033[H\033[J");
            out().print(json ? report.json() + "\n" : report.text());
            out().flush();
            if (!watch || report.state().outcome() != Outcome.RUNNING) return ExitCode.DONE.number;
            try {
                Thread.sleep(SECOND);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return ExitCode.INTERRUPTED.number;
            }
        }
    }
}
