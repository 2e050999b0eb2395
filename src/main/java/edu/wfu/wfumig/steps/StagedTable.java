package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.RowDigest;
import edu.wfu.wfumig.database.BulkLoader;
import edu.wfu.wfumig.database.Definitions;
import edu.wfu.wfumig.dump.DumpForm;
import edu.wfu.wfumig.dump.DumpReader;
import edu.wfu.wfumig.dump.DumpWriter;
import edu.wfu.wfumig.dump.DumpWriter.Packed;
import edu.wfu.wfumig.dump.Manifest.ChunkPart;
import edu.wfu.wfumig.dump.Manifest.ColumnPart;
import edu.wfu.wfumig.dump.Manifest.TablePart;
import edu.wfu.wfumig.dump.Press;
import edu.wfu.wfumig.dump.RowFormat;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Scope;
import edu.wfu.wfumig.steps.Counts.Counted;
import edu.wfu.wfumig.steps.DumpProgress.Kept;
import edu.wfu.wfumig.wordpress.Rewriter;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One table on its way into staging: each chunk of the source's dump is rewritten, loaded and written to the migrated dump;
 * then it is a checkpoint, with the cursor of the source's chunk. For one thread.
 */
final class StagedTable {
    /** What one thread stages with. */
    record Tool(DumpReader reader, BulkLoader loader, Press press, Room room) {}

    private final TablePart table;
    private final Definitions definitions;
    private final String staged;
    private final RowFormat format;
    private final ChunkRewrite rewrite;
    private final boolean cursor;
    private final Counts counts;
    private final Tool tool;

    /** What was counted in chunks behind which no resume can go on. */
    private Counted waiting;

    StagedTable(
            Graph graph,
            Scope scope,
            TablePart table,
            Definitions definitions,
            StagingArea staging,
            Rewriter rewriter,
            ChunkRewrite.@Nullable RowRule rule,
            Counts counts,
            Tool tool) {
        this.table = table;
        this.definitions = definitions;
        this.counts = counts;
        this.tool = tool;
        waiting = Counted.none(graph.rules().size());
        staged = staging.staged(table.name());
        format = DumpForm.of(graph.source().server()).rows(table.columns());
        var skipped = scope.tables().stream()
                .filter(wanted -> wanted.name().equals(table.name()))
                .findFirst()
                .map(wanted -> Set.copyOf(wanted.skipped()))
                .orElse(Set.of());
        // Rows of the target alone come behind the source's, whatever their keys: such a table is staged as a whole.
        cursor = rule == null && !table.key().isEmpty();
        rewrite = new ChunkRewrite(rewriter, graph.rules().size(), table.columns(), format, skipped, rule, host(graph));
    }

    /** What should not be left: the source's host. The first rule about one is the main site's; others are mostly below it. */
    private static @Nullable String host(Graph graph) {
        return graph.rules().stream()
                .filter(rule -> !rule.find().contains("/") && !rule.with().contains(rule.find()))
                .findFirst()
                .map(rule -> rule.find())
                .orElse(null);
    }

    /** Begins the table in the migrated dump, or goes on with it. */
    DumpWriter.TableWriter writer(DumpWriter migrated, @Nullable Kept kept) throws IOException {
        var adapted = new TablePart(
                table.name(),
                definitions.adapt(table.create()),
                table.columns(),
                table.key(),
                kept == null ? List.of() : kept.chunks(),
                table.after());
        return kept == null ? migrated.table(adapted) : migrated.known(adapted, kept.begins());
    }

    void load(Feed feed, DumpWriter.TableWriter writer, @Nullable Kept kept, DumpProgress.Table safe, Crew crew)
            throws IOException {
        int place = kept == null ? 0 : feed.place(table.name(), kept.last()) + 1;
        for (var chunk = feed.chunk(table.name(), place, crew);
                chunk != null;
                chunk = feed.chunk(table.name(), ++place, crew)) {
            try (var room = tool.room().take(chunk.frame().raw(), crew::lookAround)) {
                load(chunk, writer, safe);
            }
            crew.moved(chunk.digest().rows(), chunk.frame().raw());
        }
    }

    private void load(ChunkPart chunk, DumpWriter.TableWriter writer, DumpProgress.Table safe) throws IOException {
        byte[] packed = tool.reader().packed(chunk.frame());
        byte[] raw = tool.reader().open(packed, chunk.frame());
        var rows = writer.begin(tool.press());
        RowDigest digest = rewrite.rewrite(raw, chunk.rowsAt(), chunk.digest(), rows);
        if (digest == null) {
            load(raw, chunk.rowsAt(), format.end(raw.length), chunk.digest().rows());
            safe(writer.copy(packed, chunk), safe);
        } else if (digest.rows() > 0) {
            var rewritten = writer.pack(tool.press(), digest, chunk.last());
            load(rows.array(), writer.rowsAt(), format.end(rows.size()), digest.rows());
            safe(rewritten, safe);
        }
    }

    private void safe(Packed packed, DumpProgress.Table safe) throws IOException {
        waiting = waiting.plus(rewrite.counted());
        var now = cursor ? counted() : Counted.none(waiting.replaced().length);
        safe.chunk(packed, cursor, () -> counts.add(now));
    }

    private Counted counted() {
        var counted = waiting;
        waiting = Counted.none(counted.replaced().length);
        return counted;
    }

    /** The table is staged. */
    void complete(DumpProgress.Table safe) throws IOException {
        waiting = waiting.plus(rewrite.counted());
        var now = counted();
        safe.complete(() -> counts.add(now));
    }

    /** Adds rows that are not the source's. */
    void append(List<byte[][]> added, DumpWriter.TableWriter writer, DumpProgress.Table safe) throws IOException {
        if (added.isEmpty()) return;
        var rows = writer.begin(tool.press());
        var digest = RowDigest.EMPTY;
        for (byte[][] row : added) digest = digest.with(format.append(rows, row));
        var packed = writer.pack(tool.press(), digest, null);
        load(rows.array(), writer.rowsAt(), format.end(rows.size()), digest.rows());
        safe(packed, safe);
    }

    private void load(byte[] text, int from, int to, long rows) {
        var names = table.columns().stream().map(ColumnPart::name).toList();
        tool.loader().load(staged, names, format.loadable(), text, from, to, rows);
    }
}
