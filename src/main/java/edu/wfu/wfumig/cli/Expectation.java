package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.OwnerOnly;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.RowDigest;
import edu.wfu.wfumig.ScopeId;
import edu.wfu.wfumig.database.TableDefinition;
import edu.wfu.wfumig.dump.Manifest;
import edu.wfu.wfumig.dump.Manifest.ChunkPart;
import edu.wfu.wfumig.dump.Manifest.ColumnPart;
import edu.wfu.wfumig.dump.Manifest.Frame;
import edu.wfu.wfumig.dump.Manifest.TablePart;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Scope.ScopeTable;
import edu.wfu.wfumig.graph.Step;
import edu.wfu.wfumig.inventory.Column;
import edu.wfu.wfumig.ledger.Ledger;
import edu.wfu.wfumig.ledger.RunState;
import edu.wfu.wfumig.ledger.Runs;
import edu.wfu.wfumig.plan.Environment;
import edu.wfu.wfumig.settings.Secrets;
import edu.wfu.wfumig.steps.Loaded;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the live tables of a scope must hold, as a manifest without a dump: taken from the manifest of a dump, or from the digests
 * that a run's ledger has of what it brought.
 *
 * @param from what says so, for people
 */
record Expectation(ScopeId scope, String from, Manifest manifest) {
    /** Makes it the manifest that the scope is verified with. */
    void write(Path dump) throws IOException {
        OwnerOnly.folders(dump.getParent());
        manifest.writeBeside(dump);
    }

    /** What a dump says. */
    static Expectation ofDump(ScopeId scope, Path dump) {
        if (!Manifest.isComplete(dump)) {
            throw refuse(
                    "'" + dump + "' is neither a run nor a dump with a manifest",
                    "the id of a run, or a dump that wfumig made");
        }
        var manifest = Manifest.of(dump);
        if (!manifest.scope().equals(scope.text())) {
            throw refuse(dump + " is a dump of " + manifest.scope(), "one of " + scope);
        }
        return new Expectation(
                scope,
                dump.toString(),
                new Manifest(
                        Manifest.FORMAT,
                        scope.text(),
                        manifest.server(),
                        manifest.schema(),
                        Manifest.NO_FILE,
                        manifest.tables(),
                        List.of(),
                        List.of()));
    }

    /** What the newest run says that stands in an environment. */
    static Expectation ofNewest(ScopeId scope, Runs runs, Environment in, Path beside, Secrets secrets)
            throws IOException {
        for (var run : runs.all()) {
            if (stands(runs, run, scope, in)) return ofRun(scope, runs.folderOf(run.id()), in, beside, secrets);
        }
        throw refuse(
                "no run into '" + in.name() + "' stands that brought " + scope + ", as far as the ledgers here know",
                "something to hold it against: --against RUN, or a dump");
    }

    private static boolean stands(Runs runs, RunState run, ScopeId scope, Environment in) {
        if (!run.done(new Step.Cutover(scope).id()) || run.rolledBack(scope)) return false;
        try {
            return new RunFolder(runs.folderOf(run.id()))
                    .graph()
                    .target()
                    .environment()
                    .equals(in.name());
        } catch (Refusal unreadable) {
            return false;
        }
    }

    /** What a run has brought. */
    static Expectation ofRun(ScopeId scope, Path folder, Environment in, Path beside, Secrets secrets)
            throws IOException {
        var state = Ledger.peek(folder);
        var graph = new RunFolder(folder).graph();
        if (!(state.facts(new Step.Stage(scope).id()).get("digests") instanceof Map<?, ?> digests)) {
            throw refuse(state.id() + " has brought nothing of " + scope, "a run that has staged it");
        }
        if (!Loaded.of(state.facts(new Step.Stage(scope).id())).isEmpty()) {
            throw refuse(
                    state.id() + " kept no digests: its plan proves row counts alone",
                    "a run whose plan has verify { digests() }, or a dump");
        }
        var live = live(graph, scope, in, beside, secrets);
        var tables = new ArrayList<TablePart>();
        for (var table : graph.scope(scope).tables()) {
            if (!(digests.get(table.name()) instanceof List<?> numbers)) continue;
            var digest = new RowDigest(number(numbers.get(0)), number(numbers.get(1)));
            var chunk = new ChunkPart(new Frame(0, 0, 0), 0, digest, null);
            tables.add(new TablePart(
                    table.name(), "", columns(table, live.get(table.name())), List.of(), List.of(chunk), List.of()));
        }
        var side = graph.target();
        return new Expectation(
                scope,
                "what " + state.id() + " brought",
                new Manifest(
                        Manifest.FORMAT,
                        scope.text(),
                        side.server(),
                        side.schema(),
                        Manifest.NO_FILE,
                        tables,
                        List.of(),
                        List.of()));
    }

    /** The definitions of those tables that are there. */
    private static Map<String, TableDefinition> live(
            Graph graph, ScopeId scope, Environment in, Path beside, Secrets secrets) {
        var live = new LinkedHashMap<String, TableDefinition>();
        try (var catalogue = Servers.connect(in.server(), beside, secrets).catalogue()) {
            var present = catalogue.tableNames(in.schema());
            var wanted = graph.scope(scope).tableNames().stream()
                    .filter(present::contains)
                    .toList();
            catalogue.define(in.schema(), wanted).forEach(table -> live.put(table.name(), table));
        }
        return live;
    }

    /** Columns that the run did not bring may hold anything. */
    private static List<ColumnPart> columns(ScopeTable table, @Nullable TableDefinition live) {
        if (live == null) return List.of();
        return live.stored().stream()
                .map(Column::name)
                .filter(table::copies)
                .map(column -> new ColumnPart(column, "", ""))
                .toList();
    }

    private static long number(Object value) {
        return value instanceof Number number ? number.longValue() : Long.parseUnsignedLong(value.toString());
    }

    private static Refusal refuse(String found, String expected) {
        return new Refusal(Refusal.Kind.INVALID, Problem.of(found, expected, "nothing was written", "wfumig list"));
    }
}
