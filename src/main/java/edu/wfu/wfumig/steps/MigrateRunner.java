package edu.wfu.wfumig.steps;

import static java.util.Objects.requireNonNull;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.archive.ArchiveStore;
import edu.wfu.wfumig.database.Databases;
import edu.wfu.wfumig.executor.Pulse;
import edu.wfu.wfumig.executor.StepRunner;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Scope;
import edu.wfu.wfumig.graph.Step;
import edu.wfu.wfumig.ledger.RunState;
import edu.wfu.wfumig.plan.Plan;
import edu.wfu.wfumig.schema.Description;
import edu.wfu.wfumig.schema.Histories;
import edu.wfu.wfumig.schema.HistoryMove;
import edu.wfu.wfumig.schema.Installation;
import edu.wfu.wfumig.schema.Migrator;
import edu.wfu.wfumig.schema.Part;
import edu.wfu.wfumig.wordpress.TableOwner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Applies versioned SQL to the target, for each site that moves or once.
 *
 * <ol>
 *   <li>Behind the sites, a {@link HistoryMove history goes with its tables} first: what is applied to tables that came is what
 *       was applied {@link SourceHistory where they came from, when they were read}. A scope that did not come has no part in it.
 *   <li>Then each folder of migrations is applied to each part, in the order of the plan.
 * </ol>
 *
 * Safe to repeat: what is applied is passed over, and a migration that was cut short goes on where it was.
 */
public final class MigrateRunner implements StepRunner<Step.Migrate> {
    private final Plan plan;
    private final Graph graph;
    private final Databases databases;
    private final @Nullable ArchiveStore archive;
    private final Folders folders;
    private final RunState state;
    private final SourceHistory histories;

    /**
     * @param beside of the plan file
     * @param dumps where those before migrations are kept
     * @param histories where those of the source wait until all scopes are there
     * @param by who runs it, and with which version of wfumig
     */
    public record Folders(Path beside, Path dumps, Path histories, String by) {}

    /** What is migrated, and the scopes that the run brings to it. */
    private record Target(String prefix, List<Scope> scopes) {
        List<String> brought() {
            return scopes.stream().flatMap(scope -> scope.tableNames().stream()).toList();
        }
    }

    MigrateRunner(
            Plan plan,
            Graph graph,
            Databases databases,
            @Nullable ArchiveStore archive,
            Folders folders,
            RunState state,
            SourceHistory histories) {
        this.histories = histories;
        this.state = state;
        this.archive = archive;
        this.plan = plan;
        this.graph = graph;
        this.databases = databases;
        this.folders = folders;
    }

    @Override
    public Map<String, Object> run(Step.Migrate step, Pulse pulse) throws IOException {
        int applied = 0;
        for (var target : targets(step)) {
            if (step.after()) follow(target);
            for (String folder : requireNonNull(plan.migrations()).folders()) {
                applied += migrate(target, folders.beside().resolve(folder), pulse);
                pulse.moved(0, 0);
            }
        }
        // Each is where it belongs, and its marker says so.
        if (step.after()) histories.forget();
        return Map.of("migrations", applied);
    }

    private int migrate(Target target, Path folder, Pulse pulse) {
        var safety = new PartSafety(databases.target(), folders.dumps(), archive, plan.to());
        try (var here = Installation.open(databases.target(), part(target, Part.application(folder)), folders.by())) {
            return new Migrator(
                            here, Description.read(folder), safety, "", line -> pulse.say(target.prefix() + " " + line))
                    .migrate("")
                    .size();
        }
    }

    private void follow(Target target) {
        var part = part(target, "");
        try (var session = databases.target().session(part.schema())) {
            new HistoryMove(session, part, state.id()).follow(() -> came(target, part), target.brought());
        }
    }

    /** The histories of a target's scopes, each as of the moment in which that was read. */
    private Histories came(Target target, Part part) {
        var all = Histories.NONE;
        var from = new HashMap<String, Scope>();
        for (var scope : target.scopes()) {
            var kept = histories.waiting(scope.id());
            for (String application : kept.applications(part.prefix())) {
                var one = kept.of(part.prefix(), application);
                if (!one.touches(part, scope.tableNames())) continue;
                var first = from.putIfAbsent(application, scope);
                if (first == null) all = all.plus(one);
                else if (!all.of(part.prefix(), application).equals(one)) throw differ(application, first, scope);
            }
        }
        return all;
    }

    private static Refusal differ(String application, Scope one, Scope other) {
        return new Refusal(
                Refusal.Kind.MISMATCH,
                Problem.of(
                        "migrations of " + application + " were applied to the source after " + one.id()
                                + " and before " + other.id() + " were read, and both have tables of theirs",
                        "scopes with one history",
                        "the scopes are done; the target's own history is as it was",
                        "wfumig run for both once more, while nobody migrates the source"));
    }

    private Part part(Target target, String application) {
        return new Part(graph.target().schema(), target.prefix(), application, postgres(graph));
    }

    /** What is migrated: before anything moves for all scopes, behind them for those that came. */
    private List<Target> targets(Step.Migrate step) {
        var scopes = graph.scopes().stream()
                .filter(scope -> !step.after() || came(scope))
                .toList();
        boolean whole = requireNonNull(plan.migrations()).once()
                || graph.scopes().stream().allMatch(scope -> scope.site() == null);
        if (whole) return List.of(new Target(whole(graph).prefix(), scopes));
        return scopes.stream()
                .filter(scope -> scope.site() != null)
                .map(scope -> new Target(prefix(graph, scope), List.of(scope)))
                .toList();
    }

    private boolean came(Scope scope) {
        return state.done(new Step.Cutover(scope.id()).id()) && !state.rolledBack(scope.id());
    }

    private static boolean postgres(Graph graph) {
        return graph.target().product().equals("PostgreSQL");
    }

    private static String prefix(Graph graph, Scope scope) {
        return TableOwner.sitePrefix(
                graph.target().prefix(), requireNonNull(scope.site()).id());
    }

    /** The part of a scope whose histories may have gone with its tables: of a site its own; site 1 and the network have the whole. */
    static Part part(Graph graph, Scope scope) {
        if (postgres(graph)) return whole(graph);
        return scope.site() == null ? whole(graph) : new Part(graph.target().schema(), prefix(graph, scope), "", false);
    }

    /** What is migrated once, and not for each site. */
    static Part whole(Graph graph) {
        boolean postgres = postgres(graph);
        return new Part(graph.target().schema(), postgres ? "" : graph.target().prefix(), "", postgres);
    }
}
