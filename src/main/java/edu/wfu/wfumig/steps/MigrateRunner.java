package edu.wfu.wfumig.steps;

import static java.util.Objects.requireNonNull;

import edu.wfu.wfumig.archive.ArchiveStore;
import edu.wfu.wfumig.database.Databases;
import edu.wfu.wfumig.executor.Pulse;
import edu.wfu.wfumig.executor.StepRunner;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Scope;
import edu.wfu.wfumig.graph.Step;
import edu.wfu.wfumig.plan.Plan;
import edu.wfu.wfumig.schema.Description;
import edu.wfu.wfumig.schema.HistoryMove;
import edu.wfu.wfumig.schema.Installation;
import edu.wfu.wfumig.schema.Migrator;
import edu.wfu.wfumig.schema.Part;
import edu.wfu.wfumig.wordpress.TableOwner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Applies versioned SQL to the target, for each site that moves or once.
 *
 * <ol>
 *   <li>Behind the sites, a {@link HistoryMove history goes with its tables} first: what is applied to tables that came is what
 *       was applied where they came from.
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
    private final String run;

    /**
     * @param beside of the plan file
     * @param dumps where those before migrations are kept
     * @param by who runs it, and with which version of wfumig
     */
    public record Folders(Path beside, Path dumps, String by) {}

    /** What is migrated, and the tables that the run brings to it. */
    private record Target(String prefix, List<String> brought) {}

    MigrateRunner(
            Plan plan, Graph graph, Databases databases, @Nullable ArchiveStore archive, Folders folders, String run) {
        this.archive = archive;
        this.plan = plan;
        this.graph = graph;
        this.databases = databases;
        this.folders = folders;
        this.run = run;
    }

    @Override
    public Map<String, Object> run(Step.Migrate step, Pulse pulse) {
        int applied = 0;
        for (var target : targets()) {
            if (step.after()) follow(target);
            for (String folder : requireNonNull(plan.migrations()).folders()) {
                applied += migrate(target, folders.beside().resolve(folder), pulse);
                pulse.moved(0, 0);
            }
        }
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
        var from = new Part(graph.source().schema(), part.prefix(), "", part.postgres());
        try (var source = databases.source().session(from.schema());
                var session = databases.target().session(part.schema())) {
            new HistoryMove(session, part, run).follow(source, from, target.brought());
        }
    }

    private Part part(Target target, String application) {
        return new Part(graph.target().schema(), target.prefix(), application, postgres(graph));
    }

    private List<Target> targets() {
        boolean whole = requireNonNull(plan.migrations()).once()
                || graph.scopes().stream().allMatch(scope -> scope.site() == null);
        var targets = new ArrayList<Target>();
        if (whole) {
            var all = graph.scopes().stream()
                    .flatMap(scope -> scope.tableNames().stream())
                    .toList();
            targets.add(new Target(postgres(graph) ? "" : graph.target().prefix(), all));
        }
        for (var scope : graph.scopes()) {
            if (!whole && scope.site() != null) targets.add(new Target(prefix(graph, scope), scope.tableNames()));
        }
        return targets;
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
