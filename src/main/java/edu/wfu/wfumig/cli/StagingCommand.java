package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.steps.StagingArea;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "staging", description = "Look after the staging place of a plan.", synopsisSubcommandLabel = "COMMAND")
final class StagingCommand extends WfumigCommand {
    @Command(name = "status", description = "What wfumig has in staging.", mixinStandardHelpOptions = true)
    int status(@Mixin PlanOptions options) {
        try (var wiring = open(options)) {
            var graph = wiring.compile();
            tell(new StagingArea(wiring.databases().staging(), graph.staging()).ours(), "are staged");
        }
        return ExitCode.DONE.number;
    }

    @Command(name = "clean", description = "Drop what wfumig left in staging.", mixinStandardHelpOptions = true)
    int clean(@Mixin PlanOptions options) {
        try (var wiring = open(options)) {
            var graph = wiring.compile();
            try (var locks = wiring.lock(graph, "staging clean")) {
                tell(new StagingArea(wiring.databases().staging(), graph.staging()).clearAll(), "were dropped");
            }
        }
        return ExitCode.DONE.number;
    }

    private Wiring open(PlanOptions options) {
        var plan = options.read(environment());
        return new Wiring(plan, RunFolder.beside(options.file()), environment(), false);
    }

    private void tell(List<String> tables, String what) {
        var out = out();
        out.println(tables.size() + " tables " + what);
        tables.forEach(table -> out.println("  " + table));
    }
}
