package edu.wfu.wfumig.steps;

import static java.util.Objects.requireNonNull;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Quantity;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.ScopeId;
import edu.wfu.wfumig.database.Catalogue;
import edu.wfu.wfumig.database.Cursor;
import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.database.Needed;
import edu.wfu.wfumig.database.Snapshot;
import edu.wfu.wfumig.database.SnapshotReader;
import edu.wfu.wfumig.database.TableDefinition;
import edu.wfu.wfumig.dump.BinaryRows;
import edu.wfu.wfumig.dump.DumpForm;
import edu.wfu.wfumig.dump.DumpWriter;
import edu.wfu.wfumig.dump.Manifest;
import edu.wfu.wfumig.dump.Manifest.Definition;
import edu.wfu.wfumig.dump.Manifest.TablePart;
import edu.wfu.wfumig.dump.Press;
import edu.wfu.wfumig.executor.Pulse;
import edu.wfu.wfumig.inventory.ServerFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Dumps tables of one schema, as of one moment, into one file.
 *
 * <ol>
 *   <li>Definitions of tables, views and triggers are read.
 *   <li>In one snapshot, several readers share the tables, the largest first. Each table is read in the order of its key; rows
 *       are put into their dump form and collected.
 *   <li>When a chunk is full it is written, with the digest of its rows, and becomes a {@link DumpProgress checkpoint}; then
 *       those who follow the dump may have it.
 *   <li>A resume goes on behind the last checkpoints, in the same file.
 *   <li>The dump is complete only with every table that was asked for.
 * </ol>
 */
final class TableDump {
    /**
     * What is dumped.
     *
     * @param filters table to SQL condition, null for all rows
     * @param sizes table to bytes, as far as they are known
     * @param others tables that are dumped for other ones of their name, with the columns that those have too
     * @param handsOver whether rows that nobody but another server of the product is to read may be {@link BinaryRows}
     */
    record Wanted(
            ScopeId scope,
            Map<String, @Nullable String> filters,
            Collection<String> views,
            Map<String, Long> sizes,
            Map<String, TableDefinition> others,
            boolean handsOver) {
        Wanted(
                ScopeId scope,
                Map<String, @Nullable String> filters,
                Collection<String> views,
                Map<String, Long> sizes,
                Map<String, TableDefinition> others) {
            this(scope, filters, views, sizes, others, false);
        }

        TableDefinition fitted(TableDefinition table) {
            var other = others.get(table.name());
            return other == null ? table : table.in(other);
        }
    }

    /**
     * A dump and how its rows were read.
     *
     * @param resumed how an earlier attempt was gone on with; empty when there was none
     */
    record Written(Manifest manifest, String snapshot, List<String> uncovered, String resumed) {
        Map<String, Object> facts() {
            return Map.of(
                    "tables", manifest.tables().size(),
                    "rows", manifest.rows(),
                    "fileBytes", manifest.bytes(),
                    "server", manifest.server(),
                    "snapshot", snapshot,
                    "uncovered", uncovered,
                    "resumed", resumed);
        }
    }

    /** What one thread reads with. */
    private record Tool(SnapshotReader reader, Press press) {}

    private record Tools(List<Tool> all) implements AutoCloseable {
        static Tools of(Snapshot snapshot, int level) {
            return new Tools(snapshot.readers().stream()
                    .map(reader -> new Tool(reader, new Press(level)))
                    .toList());
        }

        @Override
        public void close() {
            all.forEach(tool -> tool.press().close());
        }
    }

    private final Database database;
    private final String environment;
    private final String schema;
    private final Streams streams;
    private final Brake brake;
    private final int level;

    /**
     * @param environment whose tables these are, as plans call it
     * @param level how tight the dump is packed: see {@link Press}
     */
    TableDump(Database database, String environment, String schema, Streams streams, Brake brake, int level) {
        this.level = level;
        this.environment = environment;
        this.database = database;
        this.schema = schema;
        this.streams = streams;
        this.brake = brake;
    }

    /** Who wants the dump while it is written. */
    interface Follower {
        Follower NOBODY = feed -> {};

        void follow(Feed feed);

        /** What was followed in an earlier attempt is forgotten next. */
        default void anew() {}

        /** Asked before anything is read: whether what an earlier attempt has written may be gone on with. */
        default boolean goesOn() {
            return true;
        }

        /** Reads what else is to be of the moment of the snapshot. */
        default void moment(SnapshotReader reader) {}
    }

    Written write(Path path, Wanted wanted, Pulse pulse, Follower follower) {
        try {
            return dump(path, wanted, pulse, follower);
        } catch (RuntimeException e) {
            if (e instanceof UncheckedIOException) throw WorkFolder.unwritable(path, e);
            throw e;
        } catch (IOException e) {
            throw WorkFolder.unwritable(path, e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Written dump(Path path, Wanted wanted, Pulse pulse, Follower follower) throws Exception {
        List<TableDefinition> tables;
        Set<String> binary;
        List<String> needs;
        List<Definition> viewParts;
        List<Definition> triggerParts;
        ServerFacts server;
        var names = wanted.filters().keySet();
        boolean goesOn = follower.goesOn();
        try (Catalogue catalogue = database.catalogue()) {
            server = catalogue.facts();
            var defined =
                    catalogue.define(schema, names).stream().map(wanted::fitted).toList();
            tables = largestFirst(defined, wanted);
            binary = wanted.handsOver() ? handedOver(catalogue, wanted) : Set.of();
            needs = catalogue.needs(schema, concat(names, wanted.views())).stream()
                    .filter(Needed::makeable)
                    .map(Needed::create)
                    .toList();
            viewParts = Parts.of(catalogue.viewDefinitions(schema, wanted.views()));
            triggerParts = Parts.of(catalogue.triggerDefinitions(schema, names));
        }
        var definitions = new LinkedHashMap<String, String>();
        var parts = new LinkedHashMap<String, TablePart>();
        for (var table : tables) {
            var part = Parts.of(table, binary.contains(table.name()));
            parts.put(table.name(), part);
            definitions.put(table.name(), part.version());
        }
        var feed = new AtomicReference<@Nullable Feed>();
        boolean interrupted = !pulse.checkpoints().isEmpty();
        String resumed = "";
        var progress = new DumpProgress(
                pulse,
                path,
                definitions,
                follower::anew,
                (table, kept) -> goesOn && (kept.complete() || streams.goesOn()),
                Map::of,
                safe -> requireNonNull(feed.get()).safe(safe));
        if (interrupted && !goesOn) {
            resumed = "versioned SQL was applied to the source meanwhile: all tables are read anew";
        } else if (interrupted && !streams.goesOn()) {
            var anew = definitions.keySet().stream()
                    .filter(table -> progress.of(table) == null)
                    .toList();
            resumed = "tables that were not complete are read anew, in a new snapshot: " + String.join(", ", anew);
        } else if (progress.resumes()) {
            resumed = "goes on behind " + Quantity.bytes(progress.end())
                    + " of the dump, in a new snapshot: what was written meanwhile is in it only from there on";
        }
        if (!resumed.isEmpty()) pulse.say(resumed);
        int width = Math.max(1, Math.min(streams.perScope(), tables.size()));
        var form = DumpForm.of(server.toString());
        try (var dump = DumpWriter.open(path, wanted.scope().text(), server.toString(), schema, progress.end());
                var snapshot = database.snapshot(schema, List.copyOf(names), width);
                var tools = Tools.of(snapshot, level)) {
            dump.of(environment);
            pulse.say(snapshot.how());
            follower.moment(snapshot.readers().get(0));
            if (progress.end() == 0) dump.needs(needs);
            var uncovered = tables.stream()
                    .filter(table -> !database.dialect().covers(table))
                    .map(TableDefinition::name)
                    .toList();
            if (!uncovered.isEmpty()) pulse.say("no snapshot covers " + String.join(", ", uncovered));
            feed.set(Feed.of(List.copyOf(parts.values()), progress, viewParts, triggerParts));
            follower.follow(requireNonNull(feed.get()));
            Crew.share(pulse, tools.all(), tables, (mine, table, crew) -> {
                String filter = wanted.filters().get(table.name());
                var part = requireNonNull(parts.get(table.name()));
                writeTable(dump, progress, mine, table, part, filter, form, crew);
            });
            progress.flush(dump);
            var manifest = dump.complete(List.copyOf(names), viewParts, triggerParts);
            if (manifest.tables().size() != names.size()) throw incomplete(wanted, manifest);
            return new Written(manifest, snapshot.how(), uncovered, resumed);
        }
    }

    private static List<String> concat(Collection<String> tables, Collection<String> views) {
        var all = new ArrayList<>(tables);
        all.addAll(views);
        return all;
    }

    private static List<TableDefinition> largestFirst(List<TableDefinition> tables, Wanted wanted) {
        return tables.stream()
                .sorted(Comparator.comparingLong(table -> -wanted.sizes().getOrDefault(table.name(), 0L)))
                .toList();
    }

    private static Refusal incomplete(Wanted wanted, Manifest manifest) {
        return new Refusal(
                Refusal.Kind.MISMATCH,
                Problem.of(
                        "the dump of " + wanted.scope() + " holds "
                                + manifest.tables().size() + " of "
                                + wanted.filters().size() + " tables",
                        "every table of the inventory",
                        "the target is untouched",
                        "wfumig plan, then run again"));
    }

    private void writeTable(
            DumpWriter dump,
            DumpProgress progress,
            Tool tool,
            TableDefinition table,
            TablePart part,
            @Nullable String filter,
            DumpForm form,
            Crew crew)
            throws IOException {
        var kept = progress.of(table.name());
        var writer = kept == null ? dump.table(part) : dump.known(part.with(kept.chunks()), kept.begins());
        if (kept != null && kept.complete()) return;
        var safe = progress.table(dump, table.name(), part.version(), writer);
        var behind = kept == null || kept.last() == null ? null : new Cursor(table.key(), kept.last());
        try (var place = streams.room().take(crew::lookAround)) {
            int columns = part.columns().size();
            var format = part.binary() ? new BinaryRows() : form.rows(part.columns());
            int[] key = part.binary() ? null : Cursor.places(table);
            var rows = new ChunkSink(
                    new GrowingChunk(writer, tool.press(), format, columns, key), place, safe, brake, crew);
            if (part.binary()) tool.reader().handOver(table, filter, rows);
            else tool.reader().read(table, filter, behind, rows);
            rows.end();
        }
        safe.complete(() -> {});
    }

    /** A table with other columns on the target is not handed over: what of a row is wanted has to be taken out of it. */
    private Set<String> handedOver(Catalogue catalogue, Wanted wanted) {
        var names = wanted.filters().keySet().stream()
                .filter(table -> !wanted.others().containsKey(table))
                .toList();
        return catalogue.handedOver(schema, names);
    }
}
