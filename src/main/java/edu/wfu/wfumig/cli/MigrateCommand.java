package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.plan.Extent;
import edu.wfu.wfumig.plan.Extent.Part;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "migrate", description = "Move sites without a plan file: all that a run of a plan does.")
final class MigrateCommand extends WfumigCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "SITE", description = "The numbers of the sites.")
    private List<Long> sites = List.of();

    @Option(names = "--from", required = true, paramLabel = "ENV", description = "The environment that is read.")
    private String from = "";

    @Option(names = "--to", required = true, paramLabel = "ENV", description = "The environment that is changed.")
    private String to = "";

    @Option(
            names = "--simple",
            description = "Only the rewrite, on the target's own tables: the same as wfumig site transform.")
    private boolean simple;

    @Mixin
    private ChangeOptions changes;

    @Override
    public Integer call() throws IOException {
        return run(this, sites, from, to, simple ? Part.TRANSFORM : Part.WHOLE, changes);
    }

    static int run(WfumigCommand command, List<Long> sites, String from, String to, Part part, ChangeOptions changes)
            throws IOException {
        var text = new PlanText(part == Part.TRANSFORM ? "transform-" + to : from + "-to-" + to);
        changes.hand().environments().describe(text, command.environment(), from, to);
        text.ends(from, to).sites(sites);
        changes.describe(text, command);
        try (var run = new HandRun(command, changes.hand(), text)) {
            return run.change(Extent.of(part), changes, work -> {});
        }
    }
}
