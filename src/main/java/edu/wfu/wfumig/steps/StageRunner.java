package edu.wfu.wfumig.steps;

import static java.util.Objects.requireNonNull;

import edu.wfu.wfumig.Quantity;
import edu.wfu.wfumig.database.Cursor;
import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.database.Definitions;
import edu.wfu.wfumig.database.Proof;
import edu.wfu.wfumig.database.TableDefinition;
import edu.wfu.wfumig.dump.DumpForm;
import edu.wfu.wfumig.dump.DumpReader;
import edu.wfu.wfumig.dump.DumpWriter;
import edu.wfu.wfumig.dump.Manifest.Definition;
import edu.wfu.wfumig.dump.Manifest.TablePart;
import edu.wfu.wfumig.dump.Press;
import edu.wfu.wfumig.executor.Pulse;
import edu.wfu.wfumig.executor.StepRunner;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Scope;
import edu.wfu.wfumig.graph.Step;
import edu.wfu.wfumig.wordpress.Rewriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites the source's dump into staging.
 *
 * <ol>
 *   <li>Staged tables of the scope are dropped, should an earlier attempt have left some, and made anew; but for those that a
 *       checkpoint covers: of these only the rows behind its cursor are taken back.
 *   <li>Several loaders share the tables; each follows the chunks of its table, also while the export still writes them. A
 *       chunk is rewritten and loaded; one that no rule touches is loaded and copied as it is. Loaded and in the migrated
 *       dump, it is a checkpoint. A {@link WholeTable table that is handed over} is one as a whole. A table whose rows are in is
 *       completed with what its definition leaves for then. A loader that finds no table left {@link Builds helps}, and looks
 *       {@link Ahead}.
 *   <li>The migrated dump is written beside, where somebody needs it; its manifest, with the digest of what each staged table
 *       must now contain, always.
 * </ol>
 *
 * Safe to repeat because of step 1; triggers and views are made only at the cutover.
 */
public final class StageRunner implements StepRunner<Step.Stage> {
    /** From so many bytes on, as the source's server estimates them, keys are made when all rows of a table are in. */
    private static final long LARGE = 16L << 20;

    private final Graph graph;
    private final StagingArea staging;
    private final Database target;
    private final WorkFolder work;
    private final Rewriter rewriter;
    private final String run;
    private final Streams streams;
    private final boolean wanted;

    /**
     * @param wanted whether anybody needs the migrated dump, or only its manifest
     */
    StageRunner(
            Graph graph,
            StagingArea staging,
            Database target,
            WorkFolder work,
            Rewriter rewriter,
            String run,
            Streams streams,
            boolean wanted) {
        this.run = run;
        this.graph = graph;
        this.staging = staging;
        this.target = target;
        this.work = work;
        this.rewriter = rewriter;
        this.streams = streams;
        this.wanted = wanted;
    }

    @Override
    public Map<String, Object> run(Step.Stage step, Pulse pulse) throws Exception {
        var scope = graph.scope(step.scope());
        try {
            return run(scope, pulse);
        } catch (IOException | UncheckedIOException e) {
            throw WorkFolder.unwritable(work.migrated(scope.id()), e);
        }
    }

    private Map<String, Object> run(Scope scope, Pulse pulse) throws Exception {
        var feed = streams.feeds().of(scope.id(), work.source(scope.id()), pulse);
        var definitions = StagedDefinition.of(staging.database().dialect(), graph, scope, staging.place(), run);
        var completion =
                new Completion(staging.database(), DumpForm.of(graph.source().server()), definitions);
        var counts = new Counts(graph.rules().size());
        staging.open();
        var loaded = new Loaded();
        var progress = progress(scope, feed, counts, loaded, pulse);
        if (progress.resumes()) {
            counts.goOn(pulse.noted());
            // With other options a table that was handed over is read anew, as text.
            for (var table : feed.tables()) {
                var kept = progress.of(table.name());
                if (table.binary() && kept != null && kept.complete()) loaded.goOn(pulse.noted(), table.name());
            }
        }
        var late = prepare(scope, feed, definitions, progress, pulse);
        streams.proven().forget(scope.id());
        int width = Math.max(1, Math.min(streams.perScope(), feed.tables().size()));
        try (var reader = new DumpReader(work.source(scope.id()));
                var migrated = migrated(scope, progress);
                var tools = new Tools();
                var ahead = ahead(scope, feed, late.tables().isEmpty() ? width - 1 : width)) {
            var builds = new Builds(feed.tables().size(), ahead::next);
            for (int i = 0; i < width; i++) tools.add(reader);
            var works = new ArrayList<Work>();
            for (var table : feed.tables())
                works.add((tool, crew) -> {
                    var kept = progress.of(table.name());
                    var staged = new StagedTable(
                            graph, scope, table, definitions, staging, rewriter, ruleFor(scope, table), counts, tool);
                    var writer = staged.writer(migrated, kept);
                    if (kept != null && kept.complete()) {
                        ahead.staged(writer.part(), false);
                        builds.complete();
                        return;
                    }
                    var safe = progress.table(migrated, table.name(), table.version(), writer);
                    if (table.binary()) {
                        var whole = new WholeTable(table, staging.staged(table.name()), tool);
                        var brought = whole.load(feed, writer, safe, crew);
                        completion.alone(table, several -> builds.share(several, crew));
                        safe.complete(() -> loaded.add(table.name(), brought));
                        builds.complete();
                        return;
                    }
                    staged.load(feed, writer, kept, safe, crew);
                    siteList(scope, staged, table, writer, safe);
                    completion.alone(table, several -> builds.share(several, crew));
                    late.make(writer.part(), ahead, crew);
                    staged.complete(safe);
                    builds.complete();
                });
            for (int i = 1; i < width; i++) works.add((tool, crew) -> builds.help(crew));
            Crew.share(pulse, tools.all, works, (tool, work, crew) -> work.run(tool, crew));
            completion.together(feed.tables());
            var complete = migrated.complete(
                    scope.tableNames(), rewritten(feed.views(), definitions), rewritten(feed.triggers(), definitions));
            boolean handedOver = feed.tables().stream().anyMatch(TablePart::binary);
            String path = tools.all.get(0).loader().path() + (handedOver ? " in binary form" : "");
            pulse.say("rows went in by " + path);
            if (counts.leftovers() > 0) {
                pulse.say(Quantity.of(counts.leftovers(), "row") + " still hold the source's host");
            }
            var digests = new LinkedHashMap<String, Object>();
            for (var table : complete.tables()) {
                var digest = table.digest();
                if (loaded.has(table.name())) continue;
                digests.put(table.name(), List.of(digest.rows(), digest.sum()));
            }
            var facts = new LinkedHashMap<>(counts.facts());
            facts.put("rows", complete.rows());
            facts.put("digests", digests);
            // Also when there is none: an earlier attempt may have noted some.
            if (handedOver || pulse.noted().containsKey(Loaded.FACT)) facts.put(Loaded.FACT, loaded.tables());
            facts.put("path", path);
            return facts;
        }
    }

    /** What one thread does before it looks for more to do. */
    private interface Work {
        void run(StagedTable.Tool tool, Crew crew) throws Exception;
    }

    /** Connections are opened only where a loader may have to wait long enough to use them. */
    private Ahead ahead(Scope scope, Feed feed, int width) {
        var definitions = new LinkedHashMap<String, TableDefinition>();
        var proofs = new ArrayList<Proof>();
        if (streams.proven().wanted() && scope.bytes() > Piece.BYTES && width > 0) {
            try (var catalogue = staging.database().catalogue()) {
                var found = new LinkedHashMap<String, TableDefinition>();
                var names = feed.tables().stream()
                        .map(table -> staging.staged(table.name()))
                        .toList();
                catalogue.define(staging.schema(), names).forEach(table -> found.put(table.name(), table));
                for (var table : feed.tables()) {
                    var staged = found.get(staging.staged(table.name()));
                    if (staged != null) definitions.put(table.name(), staged);
                }
            }
            for (int i = 0; i < width; i++) proofs.add(staging.database().proof(staging.schema()));
        }
        return new Ahead(scope.id(), streams.proven(), definitions, proofs);
    }

    /** What the threads of a stage work with. Connections are the step's own thread's: it may be released from them. */
    private final class Tools implements AutoCloseable {
        private final List<StagedTable.Tool> all = new ArrayList<>();

        void add(DumpReader reader) {
            all.add(new StagedTable.Tool(
                    reader, staging.database().loader(staging.schema()), new Press(Press.TIGHT), streams.room()));
        }

        @Override
        public void close() {
            for (var tool : all) {
                tool.press().close();
                tool.loader().close();
            }
        }
    }

    /** Rows of the list of sites that only the target has. */
    private void siteList(
            Scope scope, StagedTable staged, TablePart table, DumpWriter.TableWriter writer, DumpProgress.Table safe)
            throws IOException {
        if (scope.network() == null) return;
        var rules = new SiteListRules(graph, scope.network(), target);
        staged.append(rules.kept(table.name(), table.columns(), firstFreeId(table)), writer, safe);
    }

    private ChunkRewrite.@Nullable RowRule ruleFor(Scope scope, TablePart table) {
        if (scope.network() == null) return null;
        return new SiteListRules(graph, scope.network(), target).ruleFor(table.name(), table.columns());
    }

    /** Above every AUTO_INCREMENT value of the source's table. */
    private static long firstFreeId(TablePart table) {
        var found = Pattern.compile(" AUTO_INCREMENT=(\\d+)").matcher(table.create());
        return found.find() ? Long.parseLong(found.group(1)) : 1;
    }

    /** Where an earlier attempt got to; a table whose staged rows are gone, or are not this dump's, begins anew. */
    private DumpProgress progress(Scope scope, Feed feed, Counts counts, Loaded loaded, Pulse pulse) {
        var definitions = new LinkedHashMap<String, String>();
        feed.tables().forEach(table -> definitions.put(table.name(), table.version()));
        var present = Set.copyOf(staging.ours());
        return new DumpProgress(
                pulse,
                wanted ? work.migrated(scope.id()) : null,
                definitions,
                () -> {},
                (table, kept) -> feed.covers(table, kept) && present.contains(staging.staged(table)),
                () -> {
                    var facts = new LinkedHashMap<>(counts.facts());
                    facts.putAll(loaded.facts());
                    return facts;
                },
                nobody -> {});
    }

    private DumpWriter migrated(Scope scope, DumpProgress progress) throws IOException {
        var path = work.migrated(scope.id());
        String server = graph.target().server();
        String schema = graph.target().schema();
        var dump = wanted
                ? DumpWriter.open(path, scope.id().text(), server, schema, progress.end())
                : DumpWriter.countingOnly(path, scope.id().text(), server, schema, progress.end());
        return dump.of(graph.target().environment());
    }

    /**
     * Makes the staged tables, all of them or those that nothing is kept of; takes back what no checkpoint covers. Returns the
     * keys that large tables get when all rows are in.
     */
    private LateKeys prepare(Scope scope, Feed feed, Definitions definitions, DumpProgress progress, Pulse pulse) {
        if (!progress.resumes()) staging.clear(scope);
        else pulse.say("goes on behind " + Quantity.bytes(progress.end()) + " of the migrated dump");
        var large = scope.tables().stream()
                .filter(table -> table.bytes() >= LARGE)
                .map(Scope.ScopeTable::name)
                .filter(table -> !isParent(table, feed))
                .toList();
        var late = new LateKeys(staging.database());
        try (var editor = staging.database().editor()) {
            for (var table : feed.tables()) {
                var kept = progress.of(table.name());
                if (kept != null && kept.complete()) continue;
                String create = definitions.table(table.name(), table.create());
                // What an earlier attempt took for large may be smaller by now, and has its keys to come all the same.
                boolean asked = kept != null || large.contains(table.name());
                var halves = asked ? definitions.halves(table.name(), create) : null;
                if (halves != null) late.add(table.name(), halves.complete());
                if (kept != null) {
                    var cursor = new Cursor(table.key(), requireNonNull(kept.last()));
                    editor.deleteBehind(staging.schema(), staging.staged(table.name()), cursor);
                    continue;
                }
                staging.drop(editor, table.name());
                staging.create(editor, table.name(), halves == null ? create : halves.create());
            }
        }
        if (!late.tables().isEmpty())
            pulse.say("keys of " + String.join(", ", late.tables()) + " are made when their rows are in");
        return late;
    }

    /** Whether a foreign key that comes with its table wants a key of this one. */
    private boolean isParent(String table, Feed feed) {
        String reference = "REFERENCES " + staging.database().dialect().name(table);
        return feed.tables().stream().anyMatch(other -> other.create().contains(reference));
    }

    private static List<Definition> rewritten(List<Definition> ones, Definitions definitions) {
        return ones.stream()
                .map(one -> new Definition(one.name(), one.table(), definitions.adapt(one.create()), one.sqlMode()))
                .toList();
    }
}
