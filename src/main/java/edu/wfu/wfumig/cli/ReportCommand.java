package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.ledger.Ledger;
import edu.wfu.wfumig.report.HtmlReport;
import edu.wfu.wfumig.report.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "report", description = "The report of a run, as text, JSON or HTML.")
final class ReportCommand extends WfumigCommand implements Callable<Integer> {
    enum Format {
        TEXT,
        JSON,
        HTML
    }

    @Mixin
    private RunChoice choice;

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES} (default: text).")
    private Format format = Format.TEXT;

    @Override
    public Integer call() throws IOException {
        Path folder = choice.folder(runs());
        var report = new RunReport(new RunFolder(folder).graph(), Ledger.peek(folder));
        out().println(
                        switch (format) {
                            case TEXT -> report.text();
                            case JSON -> report.json();
                            case HTML -> HtmlReport.of(report);
                        });
        return ExitCode.DONE.number;
    }
}
