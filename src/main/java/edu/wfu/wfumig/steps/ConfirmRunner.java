package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.Catalogue;
import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.executor.Pulse;
import edu.wfu.wfumig.executor.StepRunner;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Scope;
import edu.wfu.wfumig.graph.Step;
import edu.wfu.wfumig.ledger.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads back through the target after the cutover: tables, triggers and views are there and can be read, the site is in
 * the list of sites. It does not compare rows: from now on the target may be written by its users, and what was renamed
 * is what was verified. A failure swaps back.
 *
 * <p>Safe to repeat: it only reads, unless it fails.
 */
public final class ConfirmRunner implements StepRunner<Step.Confirm> {
    private final Graph graph;
    private final Database target;
    private final Swap swap;
    private final RunState state;

    public ConfirmRunner(Graph graph, Database target, Swap swap, RunState state) {
        this.graph = graph;
        this.target = target;
        this.swap = swap;
        this.state = state;
    }

    @Override
    public Map<String, Object> run(Step.Confirm step, Pulse pulse) {
        var scope = graph.scope(step.scope());
        var swapping = Swap.Swapping.of(state.facts(new Step.Cutover(step.scope()).id()));
        if (swapping == null) throw new IllegalStateException("confirm comes after a cutover");
        List<String> wrong;
        try (var catalogue = target.catalogue()) {
            if (!swap.swapped(catalogue, swapping, true)) {
                // Perhaps swapped back and cut short: triggers and views are known by the cutover's note alone.
                swap.back(scope, swapping, false);
                pulse.tookBack(new Step.Cutover(scope.id()));
                throw failed(scope, List.of("the tables have not changed places"), "the old tables are in place");
            }
            wrong = wrong(scope, swapping, catalogue);
        }
        if (wrong.isEmpty()) return Map.of("tables", swapping.in().size());
        swap.back(scope, swapping, true);
        pulse.tookBack(new Step.Cutover(scope.id()));
        throw failed(scope, wrong, "the old tables were swapped back");
    }

    private static Refusal failed(Scope scope, List<String> wrong, String safe) {
        return new Refusal(
                Refusal.Kind.MISMATCH,
                Problem.of(
                        "after the cutover of " + scope.id() + ": " + String.join("; ", wrong),
                        "a target that reads as it should",
                        safe,
                        "wfumig resume"));
    }

    private List<String> wrong(Scope scope, Swap.Swapping swapping, Catalogue catalogue) {
        String schema = graph.target().schema();
        var wrong = new ArrayList<String>();
        var tables = swapping.in().stream().map(move -> move.to().table()).toList();
        var present = catalogue.present(schema, tables);
        for (String table : tables) if (!present.contains(table)) wrong.add("table " + table + " is missing");
        try (var swapper = target.swapper()) {
            wrong.addAll(swapper.missing(swapping.exchange()));
        }
        if (scope.site() != null && !new SiteRow(graph, target.dialect()).there(catalogue, scope.site())) {
            wrong.add("the list of sites lacks site " + scope.site().id());
        }
        return wrong;
    }
}
