package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.Digest;
import edu.wfu.wfumig.RowDigest;
import edu.wfu.wfumig.dump.DumpWriter;
import edu.wfu.wfumig.dump.DumpWriter.Packed;
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
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What of a dump is safe, before and while it is written.
 *
 * <ol>
 *   <li>Chunks are collected until they hold as much as one full chunk; then the dump is flushed to disk, and only then they
 *       are put into the ledger, in one event. A full chunk is an event by itself; small tables share one.
 *   <li>A chunk behind which no resume can go on is told to those who follow at once: what they make of it they make anew too.
 *       Of such ones {@value #COLLECTED} bytes are collected, unless something else is flushed before.
 *   <li>A resume keeps the tables that are complete, and those that were being written as far as their key is a cursor. A
 *       table whose definition has changed since is not kept.
 *   <li>The dump is cut off behind the last chunk of the ledger. A table that is not kept begins again behind that; what the
 *       dump holds of it before is dropped by its second definition.
 * </ol>
 *
 * Safe for one thread per table. A chunk is written and noted as one: were another table's chunk behind it in the ledger and
 * it not, a resume could not cut it off.
 */
final class DumpProgress {
    /** What is kept of a table. */
    record Kept(long begins, List<ChunkPart> chunks, boolean complete) {
        /** The key of the last row that is kept. */
        @Nullable
        List<String> last() {
            return chunks.isEmpty() ? null : chunks.get(chunks.size() - 1).last();
        }
    }

    /** So much at most is asked of the disk at once. */
    private static final int COLLECTED = 64 << 20;

    private static final Pattern NEXT_NUMBER = Pattern.compile(" AUTO_INCREMENT=\\d+");

    private final Pulse pulse;
    private final Supplier<Map<String, Object>> facts;
    private final Consumer<Checkpoint> follower;
    private final Map<String, Kept> kept = new LinkedHashMap<>();
    private final List<Checkpoint> pending = new ArrayList<>();
    private final List<Checkpoint> untold = new ArrayList<>();
    private long pendingBytes;
    private long collected;
    private long end;

    /**
     * @param dump the file; null when none is written
     * @param definitions every table of the dump with its definition
     * @param anew is told when the ledger knows of chunks and none can be kept, before it forgets them
     * @param keepable whether what the ledger knows of a table may be kept
     * @param facts what the step has counted up to now; asked under this object's monitor
     * @param follower is told what has become safe
     */
    DumpProgress(
            Pulse pulse,
            @Nullable Path dump,
            Map<String, String> definitions,
            Runnable anew,
            BiPredicate<String, Kept> keepable,
            Supplier<Map<String, Object>> facts,
            Consumer<Checkpoint> follower) {
        this.pulse = pulse;
        this.facts = facts;
        this.follower = follower;
        var byTable = new LinkedHashMap<String, List<Checkpoint>>();
        for (var checkpoint : pulse.checkpoints()) {
            var earlier = byTable.computeIfAbsent(checkpoint.table(), table -> new ArrayList<>());
            // A table that was begun again counts from there.
            if (!earlier.isEmpty() && earlier.get(0).begins() != checkpoint.begins()) earlier.clear();
            earlier.add(checkpoint);
            end = Math.max(end, checkpoint.end());
        }
        definitions.forEach((table, create) -> {
            var checkpoints = byTable.getOrDefault(table, List.of());
            var found = checkpoints.isEmpty() ? null : kept(create, checkpoints);
            if (found != null && keepable.test(table, found)) kept.put(table, found);
        });
        // A dump that is not there any more, or not as long as the ledger says, is begun anew.
        if (dump != null && size(dump) < end) kept.clear();
        if (kept.isEmpty()) {
            end = 0;
            if (!byTable.isEmpty()) anew.run();
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

    private static @Nullable Kept kept(String create, List<Checkpoint> checkpoints) {
        if (!checkpoints.get(0).definition().equals(version(create))) return null;
        var last = checkpoints.get(checkpoints.size() - 1);
        if (!last.complete() && last.last() == null) return null;
        var chunks = checkpoints.stream()
                .filter(one -> one.length() > 0)
                .map(DumpProgress::chunk)
                .toList();
        return new Kept(last.begins(), chunks, last.complete());
    }

    /** The next free number changes with every row that is added; the table stays the same. */
    private static String version(String create) {
        return Digest.of(NEXT_NUMBER.matcher(create).replaceFirst(""));
    }

    static ChunkPart chunk(Checkpoint checkpoint) {
        var frame = new Frame(checkpoint.offset(), checkpoint.length(), checkpoint.raw());
        return new ChunkPart(frame, checkpoint.rowsAt(), checkpoint.digest(), checkpoint.last());
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
        private final DumpWriter.TableWriter writer;
        private final long began = System.nanoTime();

        private Table(DumpWriter dump, String name, String create, DumpWriter.TableWriter writer) {
            this.dump = dump;
            this.name = name;
            this.definition = version(create);
            this.writer = writer;
        }

        /**
         * Writes a chunk.
         *
         * @param cursor whether a resume may go on behind it
         * @param counted puts what was counted in this chunk to the facts
         */
        ChunkPart chunk(Packed packed, boolean cursor, Runnable counted) throws IOException {
            synchronized (DumpProgress.this) {
                var part = writer.append(packed);
                var frame = part.frame();
                add(
                        dump,
                        new Checkpoint(
                                name,
                                definition,
                                writer.begins(),
                                frame.offset(),
                                frame.length(),
                                frame.raw(),
                                part.rowsAt(),
                                part.digest(),
                                cursor ? part.last() : null,
                                false),
                        counted);
                return part;
            }
        }

        void complete(Runnable counted) throws IOException {
            synchronized (DumpProgress.this) {
                long at = dump.position();
                add(
                        dump,
                        new Checkpoint(name, definition, writer.begins(), at, 0, 0, 0, RowDigest.EMPTY, null, true),
                        counted);
            }
            var part = writer.part();
            pulse.table(name, part.rows(), part.bytes(), (System.nanoTime() - began) / 1_000_000);
        }
    }

    Table table(DumpWriter dump, String name, String create, DumpWriter.TableWriter writer) {
        return new Table(dump, name, create, writer);
    }

    private void add(DumpWriter dump, Checkpoint checkpoint, Runnable counted) throws IOException {
        counted.run();
        pending.add(checkpoint);
        boolean cursor = checkpoint.complete() || checkpoint.last() != null;
        if (cursor) {
            untold.add(checkpoint);
            pendingBytes += checkpoint.raw();
        } else {
            follower.accept(checkpoint);
            collected += checkpoint.raw();
        }
        // Who follows a large table without a cursor waits for nothing any more but the word that it is complete.
        boolean whole = checkpoint.complete() && collected >= DumpWriter.CHUNK_BYTES;
        if (pendingBytes >= DumpWriter.CHUNK_BYTES || collected >= COLLECTED || whole) flush(dump);
    }

    /** Makes all safe that was written so far. */
    synchronized void flush(DumpWriter dump) throws IOException {
        if (pending.isEmpty()) return;
        dump.force();
        pulse.checkpoint(pending, facts.get());
        untold.forEach(follower);
        untold.clear();
        pending.clear();
        pendingBytes = 0;
        collected = 0;
    }
}
