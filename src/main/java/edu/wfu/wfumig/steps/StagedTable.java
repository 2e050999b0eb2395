package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.RowDigest;
import edu.wfu.wfumig.database.BulkLoader;
import edu.wfu.wfumig.dump.DumpReader;
import edu.wfu.wfumig.dump.DumpWriter;
import edu.wfu.wfumig.dump.Manifest.ChunkPart;
import edu.wfu.wfumig.dump.Manifest.ColumnPart;
import edu.wfu.wfumig.dump.Manifest.TablePart;
import edu.wfu.wfumig.dump.RowFormat;
import edu.wfu.wfumig.executor.Pulse;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Scope;
import edu.wfu.wfumig.steps.DumpProgress.Kept;
import edu.wfu.wfumig.wordpress.Rewriter;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One table on its way into staging: each chunk of the source's dump is rewritten, loaded and written to the migrated dump;
 * then it is a checkpoint, with the cursor of the source's chunk.
 */
final class StagedTable {
    private final TablePart table;
    private final StagedDefinition definition;
    private final String staged;
    private final boolean loadable;
    private final RowFormat format;
    private final ChunkRewrite rewrite;
    private final boolean cursor;
    private final RowFormat.Buffer buffer;

    /**
     * @param buffer for one chunk; may be shared by tables that come one after the other
     */
    StagedTable(
            Graph graph,
            Scope scope,
            TablePart table,
            StagedDefinition definition,
            StagingArea staging,
            Rewriter rewriter,
            ChunkRewrite.@Nullable RowRule rule,
            RowFormat.Buffer buffer) {
        this.table = table;
        this.definition = definition;
        this.buffer = buffer;
        staged = staging.staged(table.name());
        loadable = RowFormat.loadable(table.columns(), graph.source().mariadb());
        format = new RowFormat(table.columns(), graph.source().mariadb());
        var skipped = scope.tables().stream()
                .filter(wanted -> wanted.name().equals(table.name()))
                .findFirst()
                .map(wanted -> Set.copyOf(wanted.skipped()))
                .orElse(Set.of());
        // Rows of the target alone come behind the source's, whatever their keys: such a table is staged as a whole.
        cursor = rule == null;
        rewrite = new ChunkRewrite(rewriter, table.columns(), format, skipped, rule);
    }

    /** Begins the table in the migrated dump, or goes on with it. */
    DumpWriter.TableWriter writer(DumpWriter migrated, @Nullable Kept kept) throws IOException {
        String create = definition.adapt(table.create());
        return kept == null
                ? migrated.table(table.name(), create, table.columns(), table.key())
                : migrated.known(table.name(), create, table.columns(), table.key(), kept.chunks());
    }

    void load(
            DumpReader reader,
            BulkLoader loader,
            DumpWriter.TableWriter writer,
            @Nullable Kept kept,
            DumpProgress.Table safe,
            Pulse pulse)
            throws IOException {
        boolean behind = kept == null;
        for (ChunkPart chunk : table.chunks()) {
            if (!behind) {
                behind = kept != null && Objects.equals(chunk.last(), kept.last());
                continue;
            }
            byte[] packed = reader.packed(chunk.frame());
            byte[] raw = reader.open(packed, chunk.frame());
            writer.begin(buffer);
            RowDigest digest = rewrite.rewrite(raw, chunk.rowsAt(), chunk.digest(), buffer);
            if (digest == null) {
                load(loader, raw, chunk.rowsAt(), raw.length, chunk.digest().rows());
                safe.chunk(writer.copy(packed, chunk), cursor);
            } else if (digest.rows() > 0) {
                var part = writer.chunk(buffer, digest, chunk.last());
                load(loader, buffer.array(), writer.rowsAt(), buffer.size(), digest.rows());
                safe.chunk(part, cursor);
            }
            pulse.moved(chunk.digest().rows(), chunk.frame().raw());
        }
    }

    /** Adds rows that are not the source's. */
    void append(List<byte[][]> rows, BulkLoader loader, DumpWriter.TableWriter writer, DumpProgress.Table safe)
            throws IOException {
        if (rows.isEmpty()) return;
        writer.begin(buffer);
        var digest = RowDigest.EMPTY;
        for (byte[][] row : rows) {
            format.append(buffer, row);
            buffer.write(',');
            buffer.write('\n');
            digest = digest.with(RowDigest.ofRow(row));
        }
        var part = writer.chunk(buffer, digest, null);
        load(loader, buffer.array(), writer.rowsAt(), buffer.size(), digest.rows());
        safe.chunk(part, false);
    }

    private void load(BulkLoader loader, byte[] text, int from, int to, long rows) {
        var names = table.columns().stream().map(ColumnPart::name).toList();
        loader.load(staged, names, loadable, text, from, to, rows);
    }

    long changedRows() {
        return rewrite.changedRows();
    }
}
