package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.ScopeId;
import edu.wfu.wfumig.graph.Changes;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Scope;
import edu.wfu.wfumig.graph.Step;
import edu.wfu.wfumig.ledger.Event;
import edu.wfu.wfumig.ledger.Ledger;
import edu.wfu.wfumig.ledger.RunState;
import edu.wfu.wfumig.ledger.RunState.Outcome;
import edu.wfu.wfumig.ledger.RunState.Phase;
import edu.wfu.wfumig.plan.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "resume", description = "Go on with a run that stopped or failed; steps that are done are passed over.")
final class ResumeCommand extends WfumigCommand implements Callable<Integer> {
    @Mixin
    private RunChoice choice;

    @Mixin
    private FailureOptions failures;

    @Mixin
    private Confirmation confirmation;

    @Mixin
    private SnapshotOption snapshot;

    @ArgGroup(exclusive = true)
    private @Nullable Which which;

    static final class Which {
        @Option(names = "--retry-failed", description = "Only the scopes that failed.")
        private boolean retryFailed;

        @Option(names = "--exclude-failed", description = "All that is left but the scopes that failed.")
        private boolean excludeFailed;

        @Option(names = "--skip-completed", description = "All that is left: what happens anyway.")
        private boolean skipCompleted;
    }

    @Option(
            names = "--accept-changes",
            description = "Source or target changed since the run was planned: plan what is left anew.")
    private boolean acceptChanges;

    @Option(names = "--dry-run", description = "Show what would be done or passed over, and why.")
    private boolean dryRun;

    @Option(names = "--json", description = "Progress and report as JSON on standard output.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        var runs = runs();
        Path folder = choice.folder(runs);
        var run = new RunFolder(folder);
        var plan = run.plan(environment());
        Graph graph = run.graph();
        var out = out();
        var state = Ledger.peek(folder);
        if (state.outcome() == Outcome.ROLLED_BACK) {
            throw new Refusal(
                    Refusal.Kind.INVALID,
                    Problem.of(
                            state.id() + " was rolled back",
                            "a run that stopped or failed",
                            "nothing was written",
                            "run the plan again"));
        }
        if (state.outcome() == Outcome.DONE && run.concluded()) {
            out.println(state.id() + " is done; there is nothing to resume");
            return ExitCode.DONE.number;
        }
        var left = left(graph, state);
        if (dryRun) {
            for (Step step : graph.steps()) out.println(explain(step, state, left));
            return ExitCode.DONE.number;
        }
        if (!state.rehearsal() && plan.extent().writes())
            confirmation.requireName(plan.target(), terminal(), "wfumig resume " + state.id());
        try (var wiring = new Wiring(plan, Path.of(run.options().beside()), environment(), false)) {
            Path work = Path.of(run.options().work());
            if (state.outcome() == Outcome.DONE)
                return new Launch(plan, graph, wiring, runs, out, json).conclude(folder, work).number;
            var rules = failures.given();
            rules.putAll(snapshot.given());
            graph = upToDate(run, plan, graph, state, wiring);
            return new Launch(plan, graph, wiring, runs, out, json)
                    .go(folder, Path.of(run.options().work()), List.of(new Event.RunResumed()), rules, left)
                    .number;
        }
    }

    /** The graph that is gone on with: the run's own, unless changes are accepted. */
    private Graph upToDate(RunFolder run, Plan plan, Graph graph, RunState state, Wiring wiring) throws IOException {
        Predicate<ScopeId> cutOver = scope -> state.rolledBack(scope)
                || !state.facts(new Step.Cutover(scope).id()).isEmpty();
        Predicate<ScopeId> exported = scope -> state.done(new Step.Export(scope).id());
        if (graph.scopes().stream().map(Scope::id).allMatch(cutOver)) return graph;
        var changes = Changes.between(graph, wiring.compile(), exported, cutOver);
        if (!changes.moved().isEmpty()) throw changed(changes.moved(), "run the plan anew: other rules follow from it");
        if (changes.told().stream().allMatch(line -> own(line, plan, state))) return graph;
        if (!acceptChanges) {
            String next = "wfumig resume " + state.id() + " --accept-changes takes them in; or run the plan anew";
            throw changed(changes.told(), next);
        }
        var whole = changes.accepted(plan, graph);
        var accepted = state.rehearsal() ? whole.rehearsal() : whole;
        // The ledger first: it is refused while the run goes on.
        try (var ledger = Ledger.open(run.folder())) {
            run.replan(accepted);
            ledger.record(new Event.ChangesAccepted(accepted.digest(), changes.told()));
        }
        return accepted;
    }

    /** Whether a change is what the run's own migrations have made on the target. */
    private static boolean own(String line, Plan plan, RunState state) {
        var migrations = plan.migrations();
        boolean begun = state.steps().containsKey(new Step.Migrate(null).id());
        return migrations != null && migrations.before() && begun && line.contains(": the target has ");
    }

    private static Refusal changed(List<String> changes, String next) {
        return new Refusal(
                Refusal.Kind.STALE,
                changes.stream()
                        .map(change -> Problem.of(
                                change, "what was there when the run was planned", "nothing was written", next))
                        .toList());
    }

    /** The scopes that this resume leaves out. */
    private Set<ScopeId> left(Graph graph, RunState state) {
        var failed = graph.steps().stream()
                .filter(step -> step.scope() != null && state.failed(step.id()))
                .map(Step::scope)
                .collect(Collectors.toUnmodifiableSet());
        if (which == null || which.skipCompleted) return Set.of();
        if (which.excludeFailed) return failed;
        return graph.scopes().stream()
                .map(Scope::id)
                .filter(scope -> !failed.contains(scope))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String explain(Step step, RunState state, Set<ScopeId> left) {
        var at = state.steps().get(step.id());
        var scope = step.scope();
        if (scope != null && state.rolledBack(scope)) return "skip  " + step.id() + "  (rolled back)";
        if (state.done(step.id())) return "skip  " + step.id() + "  (done)";
        if (scope != null && left.contains(scope)) return "skip  " + step.id() + "  (left out by this resume)";
        if (at == null) return "do    " + step.id();
        if (at.phase() == Phase.FAILED)
            return "do    " + step.id() + "  (failed: "
                    + String.valueOf(at.error()).lines().findFirst().orElse("") + ")";
        return "do    " + step.id() + "  (was interrupted)";
    }
}
