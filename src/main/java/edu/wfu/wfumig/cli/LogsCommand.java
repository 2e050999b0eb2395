package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "logs", description = "The log of one scope of a run.")
final class LogsCommand extends WfumigCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", index = "0", description = "The id of a run.")
    private String id = "";

    @Parameters(paramLabel = "SITE", index = "1", description = "A site's number, 'network', or 'run'.")
    private String site = "";

    @Override
    public Integer call() throws IOException {
        Path logs = runs().folderOf(id).resolve("logs");
        Path file = logs.resolve((site.matches("\\d+") ? "site-" + site : site) + ".log");
        if (!Files.exists(file)) {
            throw new Refusal(
                    Refusal.Kind.INVALID,
                    Problem.of(
                            "there is no log of " + site + " in this run",
                            "a scope of the run",
                            "",
                            "wfumig status " + id));
        }
        out().print(Files.readString(file));
        out().flush();
        return ExitCode.DONE.number;
    }
}
