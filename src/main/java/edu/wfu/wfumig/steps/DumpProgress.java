package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.Digest;
import edu.wfu.wfumig.RowDigest;
import edu.wfu.wfumig.dump.DumpWriter;
import edu.wfu.wfumig.dump.Manifest.ChunkPart;
import edu.wfu.wfumig.dump.Manifest.Frame;
import edu.wfu.wfumig.executor.Pulse;
import edu.wfu.wfumig.ledger.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What of a dump is safe, before and while it is written.
 *
 * <ol>
 *   <li>Chunks are collected until they hold as much as one full chunk; then the dump is flushed to disk, and only then they
 *       are put into the ledger, in one event. A full chunk is an event by itself; small tables share one.
 *   <li>A resume keeps the tables that are complete, and the one that was being written as far as its key is a cursor. A table
 *       whose definition has changed since is not kept, nor are those behind it.
 *   <li>All else is cut off from the dump.
 * </ol>
 */
final class DumpProgress {
    /** What is kept of a table. */
    record Kept(List<ChunkPart> chunks, boolean complete) {
        /** The key of the last row that is kept. */
        @Nullable
        List<String> last() {
            return chunks.isEmpty() ? null : chunks.get(chunks.size() - 1).last();
        }
    }

    private final Pulse pulse;
    private final Supplier<Map<String, Object>> facts;
    private final Map<String, Kept> kept = new LinkedHashMap<>();
    private final List<Checkpoint> pending = new ArrayList<>();
    private long pendingBytes;
    private long end;

    /**
     * @param dump the file
     * @param definitions every table of the dump with its definition, in the order in which they are written
     * @param facts what the step has counted up to now
     */
    DumpProgress(Pulse pulse, Path dump, Map<String, String> definitions, Supplier<Map<String, Object>> facts) {
        this.pulse = pulse;
        this.facts = facts;
        var byTable = new LinkedHashMap<String, List<Checkpoint>>();
        var standing = new ArrayList<Checkpoint>();
        for (var checkpoint : pulse.checkpoints()) {
            // What a later attempt wrote over is gone.
            standing.removeIf(earlier -> earlier.end() > checkpoint.offset());
            standing.add(checkpoint);
        }
        for (var checkpoint : standing) {
            byTable.computeIfAbsent(checkpoint.table(), table -> new ArrayList<>())
                    .add(checkpoint);
        }
        for (var table : definitions.entrySet()) {
            var checkpoints = byTable.getOrDefault(table.getKey(), List.of());
            if (!keep(table.getKey(), table.getValue(), checkpoints)) break;
        }
        // A dump that is not there any more, or not as long as the ledger says, is begun anew.
        if (size(dump) < end) kept.clear();
        if (kept.isEmpty()) {
            end = 0;
            pulse.forgetCheckpoints();
        }
    }

    private static long size(Path dump) {
        try {
            return Files.exists(dump) ? Files.size(dump) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Keeps what it can; returns whether the next table may be kept too. */
    private boolean keep(String table, String create, List<Checkpoint> checkpoints) {
        if (checkpoints.isEmpty() || !checkpoints.get(0).definition().equals(Digest.of(create))) return false;
        var last = checkpoints.get(checkpoints.size() - 1);
        if (!last.complete() && last.last() == null) return false;
        var chunks = checkpoints.stream()
                .filter(one -> one.length() > 0)
                .map(one -> new ChunkPart(
                        new Frame(one.offset(), one.length(), one.raw()), one.rowsAt(), one.digest(), one.last()))
                .toList();
        kept.put(table, new Kept(chunks, last.complete()));
        end = last.end();
        return last.complete();
    }

    boolean resumes() {
        return !kept.isEmpty();
    }

    /** Up to where the dump is kept. */
    long end() {
        return end;
    }

    /** What is kept of a table; null when it is written from its beginning. */
    @Nullable
    Kept of(String table) {
        return kept.get(table);
    }

    /** The chunks of one table as they get safe. */
    final class Table {
        private final DumpWriter dump;
        private final String name;
        private final String definition;
        private final long begins;

        private Table(DumpWriter dump, String name, String create, long begins) {
            this.dump = dump;
            this.name = name;
            this.definition = Digest.of(create);
            this.begins = begins;
        }

        /**
         * @param cursor whether a resume may go on behind it
         */
        void chunk(ChunkPart part, boolean cursor) throws IOException {
            var frame = part.frame();
            pending.add(new Checkpoint(
                    name,
                    definition,
                    begins,
                    frame.offset(),
                    frame.length(),
                    frame.raw(),
                    part.rowsAt(),
                    part.digest(),
                    cursor ? part.last() : null,
                    false));
            pendingBytes += frame.raw();
            if (pendingBytes >= DumpWriter.CHUNK_BYTES) flush(dump);
        }

        void complete() {
            try {
                pending.add(new Checkpoint(
                        name, definition, begins, dump.position(), 0, 0, 0, RowDigest.EMPTY, null, true));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    Table table(DumpWriter dump, String name, String create, long begins) {
        return new Table(dump, name, create, begins);
    }

    private void flush(DumpWriter dump) throws IOException {
        dump.force();
        pulse.checkpoint(pending, facts.get());
        pending.clear();
        pendingBytes = 0;
    }
}
