package edu.wfu.wfumig.steps;

import static java.util.Objects.requireNonNull;

import edu.wfu.wfumig.Quantity;
import edu.wfu.wfumig.database.BulkLoader;
import edu.wfu.wfumig.database.Cursor;
import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.dump.DumpReader;
import edu.wfu.wfumig.dump.DumpWriter;
import edu.wfu.wfumig.dump.Manifest;
import edu.wfu.wfumig.dump.Manifest.Definition;
import edu.wfu.wfumig.dump.Manifest.TablePart;
import edu.wfu.wfumig.dump.RowFormat;
import edu.wfu.wfumig.executor.Pulse;
import edu.wfu.wfumig.executor.StepRunner;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Scope;
import edu.wfu.wfumig.graph.Step;
import edu.wfu.wfumig.wordpress.Rewriter;
import edu.wfu.wfumig.wordpress.Tally;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites the source's dump into staging.
 *
 * <ol>
 *   <li>Staged tables of the scope are dropped, should an earlier attempt have left some, and made anew; but for those that a
 *       checkpoint covers: of these only the rows behind its cursor are taken back.
 *   <li>Each chunk is rewritten and loaded; chunks that no rule touches are loaded and copied as they are. Loaded and in the
 *       migrated dump, it is a checkpoint.
 *   <li>The migrated dump is written beside, with the digest of what each staged table must now contain.
 * </ol>
 *
 * Safe to repeat because of step 1; triggers and views are made only at the cutover.
 */
public final class StageRunner implements StepRunner<Step.Stage> {
    private final Graph graph;
    private final StagingArea staging;
    private final Database target;
    private final WorkFolder work;
    private final Rewriter rewriter;
    private final String run;

    public StageRunner(
            Graph graph, StagingArea staging, Database target, WorkFolder work, Rewriter rewriter, String run) {
        this.run = run;
        this.graph = graph;
        this.staging = staging;
        this.target = target;
        this.work = work;
        this.rewriter = rewriter;
    }

    @Override
    public Map<String, Object> run(Step.Stage step, Pulse pulse) {
        var scope = graph.scope(step.scope());
        try {
            return run(scope, pulse);
        } catch (IOException | UncheckedIOException e) {
            throw WorkFolder.unwritable(work.migrated(scope.id()), e);
        }
    }

    private Map<String, Object> run(Scope scope, Pulse pulse) throws IOException {
        var manifest = Manifest.of(work.source(scope.id()));
        var definition = new StagedDefinition(graph, scope, staging.place(), run);
        var tally = new Tally(graph.rules().size());
        var counts = new Counts(pulse.noted(), tally);
        staging.open();
        var progress = progress(scope, manifest, counts, pulse);
        if (!progress.resumes()) counts.beginAnew();
        prepare(scope, manifest, definition, progress, pulse);
        var counting = rewriter.tallying(tally);
        var buffer = new RowFormat.Buffer(DumpWriter.CHUNK_BYTES + (64 << 10));
        var digests = new LinkedHashMap<String, Object>();
        try (var reader = new DumpReader(work.source(scope.id()));
                var loader = staging.database().loader(staging.schema());
                var migrated = migrated(scope, progress)) {
            for (var table : manifest.tables()) {
                var kept = progress.of(table.name());
                var staged = new StagedTable(
                        graph, scope, table, definition, staging, counting, ruleFor(scope, table), buffer);
                counts.watch(staged);
                long begins = migrated.position();
                var writer = staged.writer(migrated, kept);
                if (kept != null && kept.complete()) continue;
                var safe = progress.table(migrated, table.name(), table.create(), begins);
                staged.load(reader, loader, writer, kept, safe, pulse);
                siteList(scope, staged, table, loader, writer, safe);
                safe.complete();
            }
            var complete = migrated.complete(
                    rewritten(manifest.views(), definition), rewritten(manifest.triggers(), definition));
            for (var table : complete.tables()) {
                var digest = table.digest();
                digests.put(table.name(), List.of(digest.rows(), digest.sum(), digest.xor()));
            }
            pulse.say("rows went in by " + loader.path());
            var facts = new LinkedHashMap<>(counts.facts());
            facts.put("rows", complete.rows());
            facts.put("digests", digests);
            facts.put("path", loader.path());
            return facts;
        }
    }

    /** What has been counted, by this attempt and those whose chunks it goes on behind. */
    private final class Counts {
        private Map<String, Object> before;
        private final Tally tally;
        private final List<StagedTable> tables = new ArrayList<>();

        Counts(Map<String, Object> before, Tally tally) {
            this.before = before;
            this.tally = tally;
        }

        /** Nothing of what was counted before is there any more. */
        void beginAnew() {
            before = Map.of();
        }

        void watch(StagedTable table) {
            tables.add(table);
        }

        Map<String, Object> facts() {
            var replaced = new LinkedHashMap<String, Object>();
            if (before.get("replaced") instanceof Map<?, ?> earlier) {
                earlier.forEach((rule, times) -> replaced.put(rule.toString(), times));
            }
            for (int rule = 0; rule < graph.rules().size(); rule++) {
                if (tally.of(rule) == 0) continue;
                String key = String.valueOf(rule);
                replaced.put(key, number(replaced.get(key)) + tally.of(rule));
            }
            long changed = tables.stream().mapToLong(StagedTable::changedRows).sum();
            return Map.of("changedRows", number(before.get("changedRows")) + changed, "replaced", replaced);
        }

        private static long number(@Nullable Object value) {
            return value instanceof Number number ? number.longValue() : 0;
        }
    }

    /** Rows of the list of sites that only the target has. */
    private void siteList(
            Scope scope,
            StagedTable staged,
            TablePart table,
            BulkLoader loader,
            DumpWriter.TableWriter writer,
            DumpProgress.Table safe)
            throws IOException {
        if (scope.network() == null) return;
        var rules = new SiteListRules(graph, scope.network(), target);
        staged.append(rules.kept(table.name(), table.columns(), firstFreeId(table)), loader, writer, safe);
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

    /** Where an earlier attempt got to; from the beginning when its staged tables are gone. */
    private DumpProgress progress(Scope scope, Manifest manifest, Counts counts, Pulse pulse) {
        var progress = new DumpProgress(pulse, work.migrated(scope.id()), definitions(manifest), counts::facts);
        var present = staging.ours();
        boolean there = manifest.tables().stream()
                .filter(table -> progress.of(table.name()) != null)
                .allMatch(table -> present.contains(staging.staged(table.name())));
        if (there) return progress;
        pulse.forgetCheckpoints();
        return new DumpProgress(pulse, work.migrated(scope.id()), definitions(manifest), counts::facts);
    }

    private static Map<String, String> definitions(Manifest manifest) {
        var definitions = new LinkedHashMap<String, String>();
        manifest.tables().forEach(table -> definitions.put(table.name(), table.create()));
        return definitions;
    }

    private DumpWriter migrated(Scope scope, DumpProgress progress) throws IOException {
        var path = work.migrated(scope.id());
        String server = graph.target().server();
        String schema = graph.target().schema();
        return progress.resumes()
                ? DumpWriter.goOn(path, scope.id().text(), server, schema, progress.end())
                : new DumpWriter(path, scope.id().text(), server, schema);
    }

    /** Makes the staged tables, all of them or those that nothing is kept of; takes back what no checkpoint covers. */
    private void prepare(
            Scope scope, Manifest manifest, StagedDefinition definition, DumpProgress progress, Pulse pulse) {
        if (!progress.resumes()) staging.clear(scope);
        else pulse.say("goes on behind " + Quantity.bytes(progress.end()) + " of the migrated dump");
        try (var editor = staging.database().editor()) {
            for (var table : manifest.tables()) {
                var kept = progress.of(table.name());
                if (kept != null && kept.complete()) continue;
                if (kept != null) {
                    var cursor = new Cursor(table.key(), requireNonNull(kept.last()));
                    editor.update(
                            "DELETE FROM " + SqlText.name(staging.schema()) + "."
                                    + SqlText.name(staging.staged(table.name())) + " WHERE "
                                    + cursor.behind(SqlText::name),
                            List.of());
                    continue;
                }
                staging.drop(editor, table.name());
                staging.create(editor, table.name(), definition.of(table.name(), table.create()));
            }
        }
    }

    private static List<Definition> rewritten(List<Definition> definitions, StagedDefinition definition) {
        return definitions.stream()
                .map(one -> new Definition(one.name(), one.table(), definition.adapt(one.create()), one.sqlMode()))
                .toList();
    }
}
