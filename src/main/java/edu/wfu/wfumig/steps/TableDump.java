package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Quantity;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.RowDigest;
import edu.wfu.wfumig.ScopeId;
import edu.wfu.wfumig.database.Catalogue;
import edu.wfu.wfumig.database.Cursor;
import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.database.SnapshotReader;
import edu.wfu.wfumig.database.TableDefinition;
import edu.wfu.wfumig.dump.DumpWriter;
import edu.wfu.wfumig.dump.Manifest;
import edu.wfu.wfumig.dump.Manifest.ColumnPart;
import edu.wfu.wfumig.dump.Manifest.Definition;
import edu.wfu.wfumig.dump.RowFormat;
import edu.wfu.wfumig.executor.Pulse;
import edu.wfu.wfumig.inventory.Column;
import edu.wfu.wfumig.inventory.ServerFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Dumps tables of one schema, as of one moment, into one file.
 *
 * <ol>
 *   <li>Definitions of tables, views and triggers are read.
 *   <li>In one snapshot, each table is read in the order of its key; rows are put into their dump form and collected.
 *   <li>When a chunk is full it is written, with the digest of its rows, and becomes a {@link DumpProgress checkpoint}.
 *   <li>A resume goes on behind the last checkpoint, in the same file.
 *   <li>The dump is complete only with every table that was asked for.
 * </ol>
 */
final class TableDump {
    private final Database database;
    private final String schema;
    private final RowFormat.Buffer buffer = new RowFormat.Buffer(DumpWriter.CHUNK_BYTES + (64 << 10));

    TableDump(Database database, String schema) {
        this.database = database;
        this.schema = schema;
    }

    /**
     * @param filters table to SQL condition, null for all rows; in the order in which tables are dumped
     */
    Manifest write(
            Path path, ScopeId scope, Map<String, @Nullable String> filters, Collection<String> views, Pulse pulse) {
        try {
            return dump(path, scope, filters, views, pulse);
        } catch (IOException | UncheckedIOException e) {
            throw WorkFolder.unwritable(path, e);
        }
    }

    private Manifest dump(
            Path path, ScopeId scope, Map<String, @Nullable String> filters, Collection<String> views, Pulse pulse)
            throws IOException {
        List<TableDefinition> tables;
        List<Definition> viewParts;
        List<Definition> triggerParts;
        ServerFacts server;
        try (Catalogue catalogue = database.catalogue()) {
            server = catalogue.facts();
            tables = catalogue.define(schema, filters.keySet());
            viewParts = parts(catalogue.viewDefinitions(schema, views));
            triggerParts = parts(catalogue.triggerDefinitions(schema, filters.keySet()));
        }
        var definitions = new LinkedHashMap<String, String>();
        tables.forEach(table -> definitions.put(table.name(), table.create()));
        var progress = new DumpProgress(pulse, path, definitions, Map::of);
        if (progress.resumes()) {
            pulse.say("goes on behind " + Quantity.bytes(progress.end())
                    + " of the dump, in a new snapshot: what was written meanwhile is in it only from there on");
        }
        String from = server.toString();
        try (var dump = progress.resumes()
                        ? DumpWriter.goOn(path, scope.text(), from, schema, progress.end())
                        : new DumpWriter(path, scope.text(), from, schema);
                var snapshot = database.snapshot(schema)) {
            for (var table : tables) {
                writeTable(dump, progress, snapshot, table, filters.get(table.name()), server.mariadb(), pulse);
            }
            var manifest = dump.complete(viewParts, triggerParts);
            if (manifest.tables().size() != filters.size()) {
                throw new Refusal(
                        Refusal.Kind.MISMATCH,
                        Problem.of(
                                "the dump of " + scope + " holds "
                                        + manifest.tables().size() + " of " + filters.size() + " tables",
                                "every table of the inventory",
                                "the target is untouched",
                                "wfumig plan, then run again"));
            }
            return manifest;
        }
    }

    private void writeTable(
            DumpWriter dump,
            DumpProgress progress,
            SnapshotReader snapshot,
            TableDefinition table,
            @Nullable String filter,
            boolean mariadb,
            Pulse pulse)
            throws IOException {
        var columns = columnParts(table.stored());
        var format = new RowFormat(columns, mariadb);
        var kept = progress.of(table.name());
        long begins = dump.position();
        int[] key = Cursor.places(table);
        var keyColumns = key == null ? List.<String>of() : table.key();
        var writer = kept == null
                ? dump.table(table.name(), table.create(), columns, keyColumns)
                : dump.known(table.name(), table.create(), columns, keyColumns, kept.chunks());
        if (kept != null && kept.complete()) return;
        var safe = progress.table(dump, table.name(), table.create(), begins);
        var behind = kept == null || kept.last() == null ? null : new Cursor(table.key(), kept.last());
        writer.begin(buffer);
        var digest = new RowDigest[] {RowDigest.EMPTY};
        var last = new byte[1][][];
        snapshot.read(table, filter, behind, values -> {
            format.append(buffer, values);
            buffer.write(',');
            buffer.write('\n');
            digest[0] = digest[0].with(RowDigest.ofRow(values));
            last[0] = values;
            if (buffer.size() >= DumpWriter.CHUNK_BYTES) {
                safe.chunk(writer.chunk(buffer, digest[0], values(key, values)), true);
                pulse.moved(digest[0].rows(), buffer.size());
                writer.begin(buffer);
                digest[0] = RowDigest.EMPTY;
            }
        });
        if (digest[0].rows() > 0) {
            safe.chunk(writer.chunk(buffer, digest[0], values(key, last[0])), true);
            pulse.moved(digest[0].rows(), buffer.size());
        }
        safe.complete();
    }

    /** The values of a row's key, in decimal; null when the table gives no cursors. */
    private static @Nullable List<String> values(int @Nullable [] key, byte[][] row) {
        if (key == null) return null;
        return Arrays.stream(key)
                .mapToObj(place -> new String(row[place], StandardCharsets.US_ASCII))
                .toList();
    }

    static List<ColumnPart> columnParts(List<Column> columns) {
        return columns.stream()
                .map(column -> new ColumnPart(column.name(), column.type(), column.charset()))
                .toList();
    }

    private static List<Definition> parts(List<edu.wfu.wfumig.database.Definition> definitions) {
        return definitions.stream()
                .map(definition -> new Definition(
                        definition.name(), definition.table(), definition.create(), definition.sqlMode()))
                .toList();
    }
}
