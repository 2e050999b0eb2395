package edu.wfu.wfumig.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import edu.wfu.wfumig.ledger.RunState;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "list", description = "All runs, the newest first.")
final class ListCommand extends WfumigCommand implements Callable<Integer> {
    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        var runs = runs().all();
        var out = out();
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
