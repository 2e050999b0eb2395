package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.ScopeId;
import edu.wfu.wfumig.ledger.Event;
import edu.wfu.wfumig.ledger.Ledger;
import edu.wfu.wfumig.ledger.RunState.Outcome;
import edu.wfu.wfumig.ledger.Views;
import edu.wfu.wfumig.report.RunReport;
import edu.wfu.wfumig.steps.Rollback;
import edu.wfu.wfumig.steps.WorkFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "rollback",
        description = "Undo the cutovers of a run: the old tables take their place again, from a backup if need be.")
final class RollbackCommand extends WfumigCommand implements Callable<Integer> {
    @Mixin
    private RunChoice choice;

    @Mixin
    private Confirmation confirmation;

    @Option(names = "--sites", split = ",", paramLabel = "ID", description = "Only these sites.")
    private List<Long> sites = List.of();

    @Option(names = "--discard-writes", description = "Give up what was written to the target since the cutover.")
    private boolean discardWrites;

    @Override
    public Integer call() throws IOException {
        var runs = runs();
        Path folder = choice.folder(runs);
        var run = new RunFolder(folder);
        var plan = run.plan(environment());
        var graph = run.graph();
        var out = out();
        confirmation.requireName(plan.target(), terminal(), "wfumig rollback " + folder.getFileName());
        Set<ScopeId> wanted = new LinkedHashSet<>();
        sites.forEach(site -> wanted.add(ScopeId.ofSite(site)));
        try (var wiring = new Wiring(plan, Path.of(run.options().beside()), environment(), false);
                var locks = wiring.lock(graph, "rollback of " + folder.getFileName());
                var ledger = Ledger.open(folder)) {
            var work = new WorkFolder(Path.of(run.options().work()));
            var rollback = new Rollback(graph, wiring.databases(), work, wiring.archive(), ledger);
            var scopes = rollback.scopes(wanted);
            var fromBackup = scopes.stream().filter(rollback::needsBackup).toList();
            if (scopes.isEmpty()) {
                rollback.sweep(wanted);
                out.println(
                        "Nothing to roll back: no cutover of " + ledger.state().id() + " stands.");
                return ExitCode.DONE.number;
            }
            rollback.run(scopes, discardWrites);
            rollback.sweep(wanted);
            if (wanted.isEmpty()) ledger.record(new Event.RunEnded(Outcome.ROLLED_BACK, null));
            Views.write(runs, folder, ledger.state());
            RunPapers.write(folder, new RunReport(graph, ledger.state()));
            var archive = wiring.archive();
            // The tables are back, whatever becomes of the papers: so this is said, and no failure.
            if (archive != null) {
                RunPapers.archive(archive, graph, folder, ledger.state())
                        .ifPresent(problem -> System.err.println(problem.found()));
            }
            scopes.forEach(scope -> out.println(
                    scope.id() + " is as it was " + (fromBackup.contains(scope) ? "when it was backed up" : "before")));
            return ExitCode.DONE.number;
        }
    }
}
