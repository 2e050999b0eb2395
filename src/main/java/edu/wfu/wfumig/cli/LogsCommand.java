package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.ledger.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(name = "logs", description = "The log of one scope of a run.", mixinStandardHelpOptions = true)
final class LogsCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", index = "0", description = "The id of a run.")
    private String id = "";

    @Parameters(paramLabel = "SITE", index = "1", description = "A site's number, 'network', or 'run'.")
    private String site = "";

    @Override
    public Integer call() throws IOException {
        Path logs = new Runs(main.stateDir()).folderOf(id).resolve("logs");
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
        spec.commandLine().getOut().print(Files.readString(file));
        spec.commandLine().getOut().flush();
        return ExitCode.DONE.number;
    }
}
