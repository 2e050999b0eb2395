package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.ScopeId;
import edu.wfu.wfumig.executor.Executor;
import edu.wfu.wfumig.executor.ThreadWorkers;
import edu.wfu.wfumig.executor.Watcher;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Scope;
import edu.wfu.wfumig.graph.Step;
import edu.wfu.wfumig.ledger.Event;
import edu.wfu.wfumig.ledger.Ledger;
import edu.wfu.wfumig.ledger.RunState;
import edu.wfu.wfumig.ledger.RunState.Outcome;
import edu.wfu.wfumig.ledger.RunState.Phase;
import edu.wfu.wfumig.ledger.Runs;
import edu.wfu.wfumig.ledger.Views;
import edu.wfu.wfumig.plan.Extent.Part;
import edu.wfu.wfumig.plan.Plan;
import edu.wfu.wfumig.report.JsonProgress;
import edu.wfu.wfumig.report.LineProgress;
import edu.wfu.wfumig.report.RunReport;
import edu.wfu.wfumig.report.ScopeLogs;
import edu.wfu.wfumig.report.TerminalProgress;
import edu.wfu.wfumig.report.Watchers;
import edu.wfu.wfumig.steps.Brake;
import edu.wfu.wfumig.steps.DatabaseHealth;
import edu.wfu.wfumig.steps.History;
import edu.wfu.wfumig.steps.MigrateRunner;
import edu.wfu.wfumig.steps.Runners;
import edu.wfu.wfumig.steps.StagingArea;
import edu.wfu.wfumig.steps.Swap;
import edu.wfu.wfumig.steps.WorkFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Runs a graph from where its ledger stands: the common part of {@code run} and {@code resume}. */
final class Launch {
    private final Plan plan;
    private final Graph graph;
    private final Wiring wiring;
    private final Runs runs;
    private final PrintWriter out;
    private final boolean json;

    Launch(Plan plan, Graph graph, Wiring wiring, Runs runs, PrintWriter out, boolean json) {
        this.plan = plan;
        this.graph = graph;
        this.wiring = wiring;
        this.runs = runs;
        this.out = out;
        this.json = json;
    }

    /**
     * @param rules options that replace rules of the plan
     * @param without scopes that are left for later
     */
    ExitCode go(Path folder, Path work, List<Event> beginning, Map<String, String> rules, Set<ScopeId> without)
            throws IOException {
        var code = locked(folder, work, beginning, rules, without);
        if (code == ExitCode.DONE) new RunFolder(folder).conclude();
        return code;
    }

    private ExitCode locked(
            Path folder, Path work, List<Event> beginning, Map<String, String> rules, Set<ScopeId> without)
            throws IOException {
        try (var locks = wiring.lock(graph, "run " + folder.getFileName());
                var ledger = Ledger.open(folder)) {
            requireIntake(ledger.state());
            beginning.forEach(ledger::record);
            if (!rules.isEmpty()) ledger.record(new Event.RulesOverridden(rules));
            try (var announcer = wiring.announcer(graph)) {
                announcer.started(ledger.state());
                try {
                    var code = recorded(folder, work, ledger, locks, without);
                    announcer.ended(ledger.state());
                    return code;
                } catch (IOException | RuntimeException | Error e) {
                    announcer.broke(ledger.state(), e);
                    throw e;
                }
            }
        }
    }

    /** Runs what is left, with locks held and the beginning recorded. */
    private ExitCode recorded(Path folder, Path work, Ledger ledger, Wiring.Locks locks, Set<ScopeId> without)
            throws IOException {
        var databases = wiring.databases();
        if (plan.extent().writes()) settle(ledger, without);
        Views.write(runs, folder, ledger.state());
        var history = new History(graph, databases.target(), ledger.state());
        Outcome outcome;
        try (var bars = bars();
                var brake = new Brake(plan, databases.source())) {
            var watchers = new ArrayList<Watcher>();
            watchers.add(new ScopeLogs(folder.resolve("logs")));
            if (changesTarget(ledger)) watchers.add(history);
            watchers.add(
                    bars != null ? bars : json ? new JsonProgress(System.out) : new LineProgress(graph, System.err));
            var large = plan.largeSites();
            var executor = new Executor(
                    graph,
                    ledger,
                    Runners.of(
                            plan,
                            graph,
                            databases,
                            new WorkFolder(work),
                            wiring.archive(),
                            ledger.state(),
                            brake,
                            new MigrateRunner.Folders(
                                    wiring.beside(),
                                    SchemaPlace.dumps(runs, plan.target()),
                                    folder.resolve("histories"),
                                    SchemaPlace.by())),
                    FailureOptions.apply(plan.failures(), ledger.state().overridden()),
                    new Executor.Places(plan.parallel().sites(), large.atOnce(), large.timeout()),
                    new Executor.Surroundings(
                            new Watchers(watchers),
                            new ThreadWorkers(plan.parallel().sites(), databases::release),
                            new DatabaseHealth(graph, databases, plan.extent().writes()),
                            new TerminalOperator(),
                            new Random()));
            locks.whenLost(executor::stop);
            Interrupts.stop(executor);
            Views.keep(folder, ledger);
            try (var control = new Control(folder, executor)) {
                outcome = executor.run(without);
            }
        }
        locks.require();
        return end(folder, work, ledger, outcome, history);
    }

    private boolean changesTarget(Ledger ledger) {
        return plan.extent().writes() && !ledger.state().rehearsal();
    }

    /** Does what comes after the end of a run, for a run that ended and was cut off right there. */
    ExitCode conclude(Path folder, Path work) throws IOException {
        try (var locks = wiring.lock(graph, "run " + folder.getFileName());
                var ledger = Ledger.open(folder)) {
            var history = new History(graph, wiring.databases().target(), ledger.state());
            var code = end(folder, work, ledger, ledger.state().outcome(), history);
            if (code != ExitCode.DONE) return code;
        }
        new RunFolder(folder).conclude();
        return ExitCode.DONE;
    }

    /** Safe to repeat. */
    private ExitCode end(Path folder, Path work, Ledger ledger, Outcome outcome, History history) throws IOException {
        try {
            if (changesTarget(ledger)) history.end(outcome.name().toLowerCase(Locale.ROOT));
        } catch (Refusal e) {
            // A mirror for people: it does not decide how a run ended.
            System.err.println(
                    "the history table was not written: " + e.problems().get(0).found());
        }
        if (outcome == Outcome.DONE) {
            deleteEmpty(work);
            dropIntake(folder);
        }
        return report(folder, ledger, outcome);
    }

    /** What a foreign file has made is not needed any more. Nothing but an intake is ever dropped. */
    private void dropIntake(Path folder) {
        if (plan.extent().part() != Part.IMPORT) return;
        var intake = wiring.databases().target().intake(Intakes.place(plan.source()));
        if (folder.getFileName().toString().equals(intake.run())) intake.drop();
    }

    /** Until its last cutover a run may look at what it takes: a resume does, too. */
    private void requireIntake(RunState state) {
        if (plan.extent().part() != Part.IMPORT) return;
        if (graph.scopes().stream()
                .allMatch(scope -> state.rolledBack(scope.id()) || state.done(new Step.Cutover(scope.id()).id())))
            return;
        Intakes.requireOwn(wiring.databases().target(), Intakes.place(plan.source()), state.id());
    }

    /** A cutover whose end the ledger does not know is taken back before anything else, and then done again. */
    private void settle(Ledger ledger, Set<ScopeId> without) {
        var state = ledger.state();
        var swap = new Swap(graph, wiring.databases().target(), state.id());
        var staging = new StagingArea(wiring.databases().staging(), graph.staging());
        for (var scope : graph.scopes()) {
            String cutover = new Step.Cutover(scope.id()).id();
            if (state.done(cutover) || state.rolledBack(scope.id())) continue;
            swap.settle(scope, state.facts(cutover));
            // What is left for later leaves nothing in staging meanwhile; its dump stays.
            var begun = graph.steps().stream()
                    .filter(step -> scope.id().equals(step.scope()) && !(step instanceof Step.Export))
                    .map(Step::id)
                    .filter(step -> begun(state, step))
                    .toList();
            if (without.contains(scope.id()) && !begun.isEmpty()) {
                ledger.record(new Event.Reopened(begun));
                staging.clear(scope);
            } else {
                proveAgain(ledger, scope, staging);
            }
        }
    }

    /**
     * Meanwhile another run may have used the same staging: what stands there under a scope's names is proved again before
     * it is swapped in, and staged again when it is not there.
     */
    private void proveAgain(Ledger ledger, Scope scope, StagingArea staging) {
        var doubtful = new ArrayList<String>();
        if (!ledger.state().done(new Step.Stage(scope.id()).id())) return;
        if (!staging.holds(scope)) doubtful.add(new Step.Stage(scope.id()).id());
        doubtful.add(new Step.Verify(scope.id()).id());
        ledger.record(new Event.Reopened(doubtful));
    }

    /** Whether a step may have left something; one that failed was cleaned up after. */
    private static boolean begun(RunState state, String step) {
        var at = state.steps().get(step);
        return at != null && at.phase() != Phase.FAILED;
    }

    private ExitCode report(Path folder, Ledger ledger, Outcome outcome) throws IOException {
        var report = new RunReport(graph, ledger.state());
        RunPapers.write(folder, report);
        Views.write(runs, folder, ledger.state());
        out.print(json ? report.json() + "\n" : "\n" + report.text());
        out.flush();
        boolean mismatch = outcome == Outcome.FAILED
                && ledger.state().steps().values().stream().anyMatch(step -> step.mismatch());
        var code = mismatch ? ExitCode.MISMATCH : ExitCode.of(outcome);
        // After the last event and the report: what is archived is what is here.
        return papersAreSafe(folder, ledger) || code != ExitCode.DONE ? code : ExitCode.FAILED;
    }

    /** Archives the run's own papers; whoever asked for an archive and lacks them is told, and the run is not concluded. */
    private boolean papersAreSafe(Path folder, Ledger ledger) {
        var archive = wiring.archive();
        if (archive == null || ledger.state().rehearsal()) return true;
        if (!ledger.state().done(new Step.Preflight().id())) return true;
        var problem = RunPapers.archive(archive, graph, folder, ledger.state());
        problem.ifPresent(System.err::println);
        return problem.isEmpty();
    }

    private @org.jspecify.annotations.Nullable TerminalProgress bars() throws IOException {
        return json || !Terminal.ofThisProcess().present() ? null : new TerminalProgress(graph);
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }

    private static void deleteEmpty(Path work) throws IOException {
        if (!Files.isDirectory(work)) return;
        try (var files = Files.walk(work)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (Files.isDirectory(file) && isEmpty(file)) Files.delete(file);
            }
        }
    }
}
