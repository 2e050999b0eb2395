package edu.wfu.wfumig.graph;

import edu.wfu.wfumig.ScopeId;
import edu.wfu.wfumig.graph.Graph.Edge;
import edu.wfu.wfumig.plan.Plan;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps of a run and what each waits for: preflight, then a lane per scope. The network's lane runs first and alone,
 * because sites refer to its users. In a lane one step comes after the other, but for the stage, which follows the export. A
 * step that was asked for by hand is a lane of its own, with what belongs to it. Versioned SQL comes before all lanes, or when all
 * of them are done.
 */
record Lanes(List<Step> steps, List<Edge> edges) {

    private static final String MIGRATE = new Step.Migrate(null).id();

    static Lanes of(Plan plan, List<Scope> scopes) {
        var steps = new ArrayList<Step>();
        var edges = new ArrayList<Edge>();
        steps.add(new Step.Preflight());
        String before = steps.get(0).id();
        var migrations = plan.migrations();
        if (migrations != null && migrations.before()) {
            var migrate = new Step.Migrate(null);
            steps.add(migrate);
            edges.add(new Edge(before, migrate.id(), false));
            before = migrate.id();
        }
        var ends = new ArrayList<String>();
        for (var scope : scopes) {
            var lane = lane(plan, scope);
            edges.add(new Edge(before, lane.get(0).id(), false));
            // A rehearsal has no migrations, and waits for what comes before them.
            if (before.equals(MIGRATE))
                edges.add(new Edge(steps.get(0).id(), lane.get(0).id(), false));
            for (int i = 1; i < lane.size(); i++) {
                edges.add(new Edge(lane.get(i - 1).id(), lane.get(i).id(), lane.get(i) instanceof Step.Stage));
            }
            steps.addAll(lane);
            ends.add(lane.get(lane.size() - 1).id());
            if (scope.id().equals(ScopeId.NETWORK))
                before = lane.get(lane.size() - 1).id();
        }
        if (migrations != null && migrations.after()) {
            var migrate = new Step.Migrate(Step.Migrate.AFTER);
            steps.add(migrate);
            ends.forEach(end -> edges.add(new Edge(end, migrate.id(), false)));
        }
        return new Lanes(List.copyOf(steps), List.copyOf(edges));
    }

    private static List<Step> lane(Plan plan, Scope scope) {
        var id = scope.id();
        return switch (plan.extent().part()) {
            case EXPORT -> List.of(new Step.Export(id), new Step.Archive(id));
            case BACKUP -> List.of(new Step.Backup(id), new Step.Archive(id), new Step.Clean(id));
            case VERIFY -> List.of(new Step.Verify(id));
            case WHOLE, TRANSFORM, RESTORE, IMPORT -> whole(plan, scope);
        };
    }

    private static List<Step> whole(Plan plan, Scope scope) {
        var id = scope.id();
        var lane = new ArrayList<Step>();
        lane.add(new Step.Export(id));
        lane.add(new Step.Stage(id));
        lane.add(new Step.Verify(id));
        if (plan.backup().dump() && !scope.replaced().isEmpty()) lane.add(new Step.Backup(id));
        lane.add(new Step.Cutover(id));
        lane.add(new Step.Confirm(id));
        if (plan.archive().keeps()) lane.add(new Step.Archive(id));
        lane.add(new Step.Clean(id));
        return lane;
    }
}
