package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.RowDigest;
import edu.wfu.wfumig.ScopeId;
import edu.wfu.wfumig.archive.ArchiveStore;
import edu.wfu.wfumig.database.Catalogue;
import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.database.Databases;
import edu.wfu.wfumig.database.SqlSession;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Scope;
import edu.wfu.wfumig.graph.Step;
import edu.wfu.wfumig.graph.TableNames;
import edu.wfu.wfumig.ledger.Event;
import edu.wfu.wfumig.ledger.Ledger;
import edu.wfu.wfumig.schema.HistoryMove;
import edu.wfu.wfumig.schema.Part;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes cutovers back, the last one first.
 *
 * <ol>
 *   <li>Scopes that were cut over, or were about to be, are found in the ledger.
 *   <li>Where the old tables were dropped already, a backup dump must hold them all; where none does, nothing is undone.
 *   <li>Unless writes may be lost, every table that was brought is held against the digest it had when it came; one that
 *       was written since is a reason to refuse, before anything is undone.
 *   <li>Each scope is swapped back, from its kept tables or from those that its backup made anew, and that is recorded.
 *   <li>Scopes that were never cut over lose what they have staged.
 * </ol>
 *
 * <p>Safe to repeat from any point: each part looks at what is there before it acts.
 */
public final class Rollback {
    private final Graph graph;
    private final Databases databases;
    private final Database target;
    private final Ledger ledger;
    private final Swap swap;
    private final Restoration restoration;

    public Rollback(Graph graph, Databases databases, WorkFolder work, @Nullable ArchiveStore archive, Ledger ledger) {
        this.graph = graph;
        this.databases = databases;
        this.target = databases.target();
        this.ledger = ledger;
        String run = ledger.state().id();
        swap = new Swap(graph, target, run);
        restoration = new Restoration(graph, target, work, archive, run);
    }

    /** The scopes that can be rolled back, in the order in which that must be done. */
    public List<Scope> scopes(Set<ScopeId> wanted) {
        var scopes = new ArrayList<Scope>();
        for (var scope : graph.scopes()) {
            if (!wanted.isEmpty() && !wanted.contains(scope.id())) continue;
            if (swapping(scope) != null && !ledger.state().rolledBack(scope.id())) scopes.add(scope);
        }
        Collections.reverse(scopes);
        return scopes;
    }

    private Swap.@Nullable Swapping swapping(Scope scope) {
        return Swap.Swapping.of(ledger.state().facts(new Step.Cutover(scope.id()).id()));
    }

    /** Whether the old tables of a scope must come from its backup. */
    public boolean needsBackup(Scope scope) {
        var swapping = swapping(scope);
        return swapping != null && !swapping.out().isEmpty() && ledger.state().keptDropped(scope.id());
    }

    public void run(List<Scope> scopes, boolean discardWrites) {
        for (var scope : scopes) {
            var swapping = swapping(scope);
            if (swapping != null && needsBackup(scope)) restoration.require(scope, swapping);
        }
        if (!discardWrites) refuseWrites(scopes);
        for (var scope : scopes) {
            var swapping = swapping(scope);
            if (swapping == null) continue;
            boolean done = ledger.state().done(new Step.Cutover(scope.id()).id());
            if (needsBackup(scope)) {
                done = !takenBack(scope, swapping);
                if (done) {
                    restoration.restore(scope, swapping);
                    swapping = swap.remade(swapping);
                }
            }
            swap.back(scope, swapping, done);
            giveHistoriesBack(scope);
            ledger.record(new Event.RolledBack(scope.id()));
            // Only now: until it is recorded, the tables at their landing place tell that the swap was taken back.
            new StagingArea(target, graph.landing()).clear(scope);
            restoration.tidy(scope);
        }
        try (var editor = target.editor()) {
            if (graph.kept().own())
                editor.dropEmptySchema(
                        TableNames.keptSchema(graph.kept(), ledger.state().id()));
        }
    }

    /** What was applied to the tables that are back. */
    private void giveHistoriesBack(Scope scope) {
        if (!ledger.state().steps().containsKey(new Step.Migrate(Step.Migrate.AFTER).id())) return;
        try (var session = target.session(graph.target().schema())) {
            var part = MigrateRunner.part(graph, scope);
            giveBack(session, part);
            var whole = MigrateRunner.whole(graph);
            if (!part.equals(whole) && isLastBack(scope, whole)) giveBack(session, whole);
        }
    }

    private void giveBack(SqlSession session, Part part) {
        var brought = graph.scopes().stream()
                .filter(scope ->
                        part.equals(MigrateRunner.whole(graph)) || part.equals(MigrateRunner.part(graph, scope)))
                .flatMap(scope -> scope.tableNames().stream())
                .toList();
        new HistoryMove(session, part, ledger.state().id()).giveBack(brought);
    }

    /** Whether a scope is the last to go back of a run that brought sites alone: nobody else gives the whole's history back. */
    private boolean isLastBack(Scope scope, Part whole) {
        return graph.scopes().stream()
                .allMatch(other -> other.equals(scope)
                        || !MigrateRunner.part(graph, other).equals(whole)
                                && (swapping(other) == null || ledger.state().rolledBack(other.id())));
    }

    /** Whether an earlier attempt has swapped a scope back to what its backup held, and was cut short behind that. */
    private boolean takenBack(Scope scope, Swap.Swapping swapping) {
        try (var catalogue = target.catalogue()) {
            if (!swap.landed(catalogue, swapping)) return false;
        }
        return restoration.isBack(scope, swapping);
    }

    /** Takes away what scopes that were never cut over have staged; a resume stages it again. */
    public void sweep(Set<ScopeId> wanted) {
        var steps = ledger.state().steps();
        for (var scope : graph.scopes()) {
            if (!wanted.isEmpty() && !wanted.contains(scope.id())) continue;
            if (swapping(scope) != null || !steps.containsKey(new Step.Stage(scope.id()).id())) continue;
            var undone = graph.steps().stream()
                    .filter(step -> scope.id().equals(step.scope()) && !(step instanceof Step.Export))
                    .map(Step::id)
                    .filter(steps::containsKey)
                    .toList();
            ledger.record(new Event.Reopened(undone));
            new StagingArea(databases.staging(), graph.staging()).clear(scope);
            if (!graph.landing().equals(graph.staging())) new StagingArea(target, graph.landing()).clear(scope);
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
                var swapping = swapping(scope);
                if (swapping == null) continue;
                boolean fromBackup = needsBackup(scope);
                // What is not in place cannot have been written there.
                if (fromBackup ? takenBack(scope, swapping) : !standing(catalogue, scope, swapping)) continue;
                var present = catalogue.tableNames(schema);
                var loaded = Loaded.of(ledger.state().facts(new Step.Stage(scope.id()).id()));
                for (var part : scope.tables()) {
                    String table = part.name();
                    var whole = loaded.get(table);
                    if (whole != null && present.contains(table)) {
                        if (!proof.untouched(table, whole.transaction(), whole.rows())) written.add(table);
                        continue;
                    }
                    var brought = brought(scope, table);
                    if (brought == null || !present.contains(table) || table.equals(listOfSites)) continue;
                    // Columns that the source lacks were not brought, and may be written by nobody but a default.
                    var columns = catalogue.define(schema, List.of(table)).get(0).stored().stream()
                            .filter(column -> part.copies(column.name()))
                            .toList();
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

    private boolean standing(Catalogue catalogue, Scope scope, Swap.Swapping swapping) {
        return swap.swapped(catalogue, swapping, ledger.state().done(new Step.Cutover(scope.id()).id()));
    }

    private @Nullable RowDigest brought(Scope scope, String table) {
        if (ledger.state().facts(scope.id() + "/stage").get("digests") instanceof Map<?, ?> digests
                && digests.get(table) instanceof List<?> numbers) {
            return new RowDigest(number(numbers, 0), number(numbers, 1));
        }
        return null;
    }

    private static long number(List<?> numbers, int at) {
        return ((Number) numbers.get(at)).longValue();
    }
}
