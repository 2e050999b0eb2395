package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.RowDigest;
import edu.wfu.wfumig.database.BulkLoader;
import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.dump.DumpReader;
import edu.wfu.wfumig.dump.DumpWriter;
import edu.wfu.wfumig.dump.Manifest;
import edu.wfu.wfumig.dump.Manifest.ChunkPart;
import edu.wfu.wfumig.dump.Manifest.ColumnPart;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rewrites the source's dump into staging.
 *
 * <ol>
 *   <li>Staged tables of the scope are dropped, should an earlier attempt have left some, and made anew.
 *   <li>Each chunk is rewritten and loaded; chunks that no rule touches are loaded and copied as they are.
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
    public Map<String, Object> run(Step.Stage step, Pulse pulse) throws IOException {
        var scope = graph.scope(step.scope());
        var manifest = Manifest.of(work.source(scope.id()));
        var definition = new StagedDefinition(graph, scope, staging.place(), run);
        staging.open();
        staging.clear(scope);
        try (var editor = staging.database().editor()) {
            for (var table : manifest.tables()) {
                staging.create(editor, table.name(), definition.of(table.name(), table.create()));
            }
        }
        long changed = 0;
        var tally = new Tally(graph.rules().size());
        var counting = rewriter.tallying(tally);
        var digests = new LinkedHashMap<String, Object>();
        try (var reader = new DumpReader(work.source(scope.id()));
                var loader = staging.database().loader(staging.schema());
                var migrated = new DumpWriter(
                        work.migrated(scope.id()),
                        scope.id().text(),
                        graph.target().server(),
                        graph.target().schema())) {
            for (var table : manifest.tables()) {
                changed += stageTable(scope, table, counting, reader, loader, migrated, definition, pulse);
            }
            var complete = migrated.complete(
                    rewritten(manifest.views(), definition), rewritten(manifest.triggers(), definition));
            for (var table : complete.tables()) {
                var digest = table.digest();
                digests.put(table.name(), List.of(digest.rows(), digest.sum(), digest.xor()));
            }
            pulse.say("rows went in by " + loader.path());
            return Map.of(
                    "rows",
                    complete.rows(),
                    "changedRows",
                    changed,
                    "replaced",
                    replaced(tally),
                    "digests",
                    digests,
                    "path",
                    loader.path());
        }
    }

    private long stageTable(
            Scope scope,
            TablePart table,
            Rewriter counting,
            DumpReader reader,
            BulkLoader loader,
            DumpWriter migrated,
            StagedDefinition definition,
            Pulse pulse)
            throws IOException {
        var columns = table.columns();
        var names = columns.stream().map(ColumnPart::name).toList();
        boolean mariadb = graph.source().mariadb();
        boolean loadable = RowFormat.loadable(columns, mariadb);
        var format = new RowFormat(columns, mariadb);
        var skipped = scope.tables().stream()
                .filter(wanted -> wanted.name().equals(table.name()))
                .findFirst()
                .map(wanted -> Set.copyOf(wanted.skipped()))
                .orElse(Set.of());
        var siteList = scope.network() == null ? null : new SiteListRules(graph, scope.network(), target);
        var rule = siteList == null ? null : siteList.ruleFor(table.name(), columns);
        var rewrite = new ChunkRewrite(counting, columns, format, skipped, rule);
        var writer = migrated.table(table.name(), definition.adapt(table.create()), columns);
        var buffer = new RowFormat.Buffer(DumpWriter.CHUNK_BYTES + (64 << 10));
        String staged = staging.staged(table.name());
        for (ChunkPart chunk : table.chunks()) {
            byte[] packed = reader.packed(chunk.frame());
            byte[] raw = reader.open(packed, chunk.frame());
            writer.begin(buffer);
            RowDigest digest = rewrite.rewrite(raw, chunk.rowsAt(), chunk.digest(), buffer);
            if (digest == null) {
                writer.copy(packed, chunk);
                loader.load(
                        staged,
                        names,
                        loadable,
                        raw,
                        chunk.rowsAt(),
                        raw.length,
                        chunk.digest().rows());
            } else if (digest.rows() > 0) {
                writer.chunk(buffer, digest);
                loader.load(staged, names, loadable, buffer.array(), writer.rowsAt(), buffer.size(), digest.rows());
            }
            pulse.moved(chunk.digest().rows(), chunk.frame().raw());
        }
        var kept = siteList == null ? List.<byte[][]>of() : siteList.kept(table.name(), columns, firstFreeId(table));
        if (!kept.isEmpty()) {
            writer.begin(buffer);
            var digest = RowDigest.EMPTY;
            for (byte[][] row : kept) {
                format.append(buffer, row);
                buffer.write(',');
                buffer.write('\n');
                digest = digest.with(RowDigest.ofRow(row));
            }
            writer.chunk(buffer, digest);
            loader.load(staged, names, loadable, buffer.array(), writer.rowsAt(), buffer.size(), digest.rows());
        }
        return rewrite.changedRows();
    }

    /** For each rule that replaced something, by its number, how often it did. */
    private Map<String, Long> replaced(Tally tally) {
        var replaced = new LinkedHashMap<String, Long>();
        for (int rule = 0; rule < graph.rules().size(); rule++) {
            if (tally.of(rule) > 0) replaced.put(String.valueOf(rule), tally.of(rule));
        }
        return replaced;
    }

    /** Above every AUTO_INCREMENT value of the source's table. */
    private static long firstFreeId(TablePart table) {
        var found = java.util.regex.Pattern.compile(" AUTO_INCREMENT=(\\d+)").matcher(table.create());
        return found.find() ? Long.parseLong(found.group(1)) : 1;
    }

    private static List<Definition> rewritten(List<Definition> definitions, StagedDefinition definition) {
        return definitions.stream()
                .map(one -> new Definition(one.name(), one.table(), definition.adapt(one.create()), one.sqlMode()))
                .toList();
    }
}
