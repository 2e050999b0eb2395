package edu.wfu.wfumig.graph;

import edu.wfu.wfumig.ScopeId;
import edu.wfu.wfumig.graph.Scope.ScopeTable;
import edu.wfu.wfumig.plan.Plan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What has changed in source and target since a graph was compiled, as far as it matters for what is left to do.
 *
 * <ol>
 *   <li>A scope that was cut over is done with, whatever changed.
 *   <li>A scope that was exported no longer asks the source: its dump says which tables move. Of the target, it matters which
 *       of these tables are there, and at which address the site answers.
 *   <li>Of any other scope it matters besides which tables and views the source has.
 * </ol>
 *
 * @param told a line for each change that can be taken in
 * @param moved a line for each site that answers elsewhere now: its rules would be others, so it needs a plan of its own
 * @param scopes the scopes of the older graph, those that are left as they are now
 */
public record Changes(List<String> told, List<String> moved, List<Scope> scopes) {
    public static Changes between(Graph then, Graph now, Predicate<ScopeId> exported, Predicate<ScopeId> cutOver) {
        var present = new HashMap<ScopeId, Scope>();
        now.scopes().forEach(scope -> present.put(scope.id(), scope));
        var told = new ArrayList<String>();
        var moved = new ArrayList<String>();
        var scopes = new ArrayList<Scope>();
        for (var old : then.scopes()) {
            var fresh = present.get(old.id());
            if (cutOver.test(old.id())) {
                scopes.add(old);
            } else if (fresh == null) {
                if (!exported.test(old.id()))
                    told.add(old.id() + " is gone from the source, or the plan's filter leaves it out");
                scopes.add(old);
            } else {
                address(old, fresh, moved);
                scopes.add(exported.test(old.id()) ? exported(old, fresh, told) : open(old, fresh, told));
            }
        }
        return new Changes(told, moved, scopes);
    }

    private static Scope exported(Scope old, Scope fresh, List<String> told) {
        var onTarget = new LinkedHashSet<>(fresh.replaced());
        onTarget.addAll(fresh.staying());
        var moving = old.tableNames();
        var replaced = moving.stream().filter(onTarget::contains).toList();
        var staying = onTarget.stream().filter(table -> !moving.contains(table)).toList();
        tell(old, "the target", old.replaced(), replaced, told);
        return new Scope(
                old.id(),
                old.site(),
                fresh.address(),
                old.isNew(),
                old.large(),
                old.tables(),
                replaced,
                staying,
                old.views(),
                old.network(),
                old.origin());
    }

    private static Scope open(Scope old, Scope fresh, List<String> told) {
        tell(old, "the source", names(old.tables()), names(fresh.tables()), told);
        tell(old, "the source", old.views(), fresh.views(), told);
        tell(old, "the target", old.replaced(), fresh.replaced(), told);
        return new Scope(
                old.id(),
                old.site(),
                fresh.address(),
                old.isNew(),
                old.large(),
                fresh.tables(),
                fresh.replaced(),
                fresh.staying(),
                fresh.views(),
                old.network(),
                old.origin());
    }

    private static List<String> names(List<ScopeTable> tables) {
        return tables.stream().map(ScopeTable::name).toList();
    }

    private static void address(Scope old, Scope fresh, List<String> moved) {
        if (Objects.equals(old.address(), fresh.address())) return;
        moved.add(old.id() + " answers at " + fresh.address() + " on the target now, not at " + old.address());
    }

    private static void tell(Scope scope, String side, List<String> then, List<String> now, List<String> told) {
        minus(now, then).forEach(name -> told.add(scope.id() + ": " + side + " has " + name + " now"));
        minus(then, now).forEach(name -> told.add(scope.id() + ": " + side + " no longer has " + name));
    }

    private static Set<String> minus(List<String> all, List<String> without) {
        var left = new TreeSet<>(all);
        without.forEach(left::remove);
        return left;
    }

    /** The older graph with the scopes as they are now, and the steps that follow from them. */
    public Graph accepted(Plan plan, Graph then) {
        var lanes = Lanes.of(plan, scopes);
        return new Graph(
                        then.plan(),
                        then.planDigest(),
                        then.source(),
                        then.target(),
                        then.staging(),
                        then.landing(),
                        then.kept(),
                        scopes,
                        then.rules(),
                        then.mappings(),
                        then.caught(),
                        then.risks(),
                        lanes.steps(),
                        lanes.edges(),
                        "")
                .identified();
    }
}
