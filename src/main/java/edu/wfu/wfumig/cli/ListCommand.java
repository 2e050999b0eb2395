package edu.wfu.wfumig.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import edu.wfu.wfumig.ledger.RunState;
import edu.wfu.wfumig.ledger.Runs;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(name = "list", description = "All runs, the newest first.", mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        var runs = new Runs(main.stateDir()).all();
        var out = spec.commandLine().getOut();
        if (json) {
            var list = runs.stream()
                    .map(run ->
                            Map.of("run", run.id(), "outcome", outcome(run), "started", String.valueOf(run.started())))
                    .toList();
            out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(list));
            return ExitCode.DONE.number;
        }
        if (runs.isEmpty()) out.println("No runs yet. Begin with: wfumig run plans/demo.migration.groovy");
        runs.forEach(run -> out.printf("%-12s %s%n", outcome(run), run.id()));
        return ExitCode.DONE.number;
    }

    private static String outcome(RunState run) {
        return run.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
