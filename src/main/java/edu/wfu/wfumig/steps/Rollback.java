package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.RowDigest;
import edu.wfu.wfumig.ScopeId;
import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Scope;
import edu.wfu.wfumig.ledger.Event;
import edu.wfu.wfumig.ledger.Ledger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes cutovers back, the last one first.
 *
 * <ol>
 *   <li>Scopes that were cut over, or were about to be, are found in the ledger.
 *   <li>Unless writes may be lost, every table that was brought is held against the digest it had when it came; one that
 *       was written since is a reason to refuse, before anything is undone.
 *   <li>Each scope is swapped back, and that is recorded.
 * </ol>
 */
public final class Rollback {
    private final Graph graph;
    private final Database target;
    private final Ledger ledger;

    public Rollback(Graph graph, Database target, Ledger ledger) {
        this.graph = graph;
        this.target = target;
        this.ledger = ledger;
    }

    /** The scopes that can be rolled back, in the order in which that must be done. */
    public List<Scope> scopes(Set<ScopeId> wanted) {
        var scopes = new ArrayList<Scope>();
        var state = ledger.state();
        for (var scope : graph.scopes()) {
            if (!wanted.isEmpty() && !wanted.contains(scope.id())) continue;
            if (Swap.Swapping.of(state.facts(scope.id() + "/cutover")) == null || state.rolledBack(scope.id()))
                continue;
            if (state.keptDropped(scope.id())) {
                throw new Refusal(
                        Refusal.Kind.FAILED,
                        Problem.of(
                                "the old tables of " + scope.id() + " were dropped already",
                                "tables that are still kept",
                                "nothing was changed",
                                "restore the scope's backup.sql.zst from the archive"));
            }
            scopes.add(scope);
        }
        Collections.reverse(scopes);
        return scopes;
    }

    public void run(List<Scope> scopes, boolean discardWrites) {
        if (!discardWrites) refuseWrites(scopes);
        for (var scope : scopes) {
            var swapping = Swap.Swapping.of(ledger.state().facts(scope.id() + "/cutover"));
            if (swapping == null) continue;
            boolean done = ledger.state().done(scope.id() + "/cutover");
            new Swap(graph, target, ledger.state().id()).back(scope, swapping, done);
            ledger.record(new Event.RolledBack(scope.id()));
            // Only now: until it is recorded, the tables at their landing place tell that the swap was taken back.
            new StagingArea(target, graph.landing()).clear(scope);
        }
    }

    private void refuseWrites(List<Scope> scopes) {
        var written = new ArrayList<String>();
        String schema = graph.target().schema();
        // New sites got their rows after the table came; their own rollback takes those back.
        boolean grew = graph.scopes().stream().anyMatch(scope -> scope.isNew() && scope.site() != null);
        String listOfSites = grew ? graph.target().prefix() + "blogs" : "";
        try (var catalogue = target.catalogue();
                var proof = target.proof(schema)) {
            for (var scope : scopes) {
                if (!ledger.state().done(scope.id() + "/cutover")) continue;
                var present = catalogue.tableNames(schema);
                for (var table : scope.tableNames()) {
                    var brought = brought(scope, table);
                    if (brought == null || !present.contains(table) || table.equals(listOfSites)) continue;
                    var columns =
                            catalogue.define(schema, List.of(table)).get(0).stored();
                    if (!proof.digest(table, columns).equals(brought)) written.add(table);
                }
            }
        }
        if (written.isEmpty()) return;
        throw new Refusal(
                Refusal.Kind.FAILED,
                Problem.of(
                        "tables were written since the cutover: " + String.join(", ", written),
                        "tables as they were brought, so that nothing is lost",
                        "nothing was changed",
                        "wfumig rollback " + ledger.state().id() + " --discard-writes gives these writes up"));
    }

    private @org.jspecify.annotations.Nullable RowDigest brought(Scope scope, String table) {
        if (ledger.state().facts(scope.id() + "/stage").get("digests") instanceof Map<?, ?> digests
                && digests.get(table) instanceof List<?> numbers) {
            return new RowDigest(number(numbers, 0), number(numbers, 1), number(numbers, 2));
        }
        return null;
    }

    private static long number(List<?> numbers, int at) {
        return ((Number) numbers.get(at)).longValue();
    }
}
