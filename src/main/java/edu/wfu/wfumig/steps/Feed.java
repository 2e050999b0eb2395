package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.dump.Manifest;
import edu.wfu.wfumig.dump.Manifest.ChunkPart;
import edu.wfu.wfumig.dump.Manifest.Definition;
import edu.wfu.wfumig.dump.Manifest.TablePart;
import edu.wfu.wfumig.ledger.Checkpoint;
import edu.wfu.wfumig.steps.DumpProgress.Kept;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A dump as those see it who follow it while it is written: its tables, and of each the chunks that are safe. What is not
 * safe may be written differently after a crash, so nobody gets to see it.
 */
final class Feed {
    private static final long LOOK_AROUND_MILLIS = 100;

    private static final class Flow {
        final List<ChunkPart> chunks = new ArrayList<>();
        boolean complete;

        /** How many of the chunks an earlier attempt wrote, and whether they were all. */
        int before;

        boolean completeBefore;
    }

    private final List<TablePart> tables;
    private final List<Definition> views;
    private final List<Definition> triggers;
    private final Map<String, Flow> flows = new HashMap<>();

    private Feed(List<TablePart> tables, List<Definition> views, List<Definition> triggers) {
        this.tables = tables;
        this.views = views;
        this.triggers = triggers;
        tables.forEach(table -> flows.put(table.name(), new Flow()));
    }

    /** A dump that is complete. */
    static Feed of(Manifest manifest) {
        var feed = new Feed(manifest.tables(), manifest.views(), manifest.triggers());
        for (var table : manifest.tables()) feed.keep(table.name(), table.chunks(), true);
        return feed;
    }

    /**
     * A dump that is begun, or gone on with.
     *
     * @param tables without chunks, in the order in which they are best followed
     */
    static Feed of(List<TablePart> tables, DumpProgress progress, List<Definition> views, List<Definition> triggers) {
        var feed = new Feed(tables, views, triggers);
        for (var table : tables) {
            var kept = progress.of(table.name());
            if (kept != null) feed.keep(table.name(), kept.chunks(), kept.complete());
        }
        return feed;
    }

    private void keep(String table, List<ChunkPart> chunks, boolean complete) {
        var flow = flow(table);
        flow.chunks.addAll(chunks);
        flow.before = chunks.size();
        flow.completeBefore = complete;
        flow.complete = complete;
    }

    private Flow flow(String table) {
        var flow = flows.get(table);
        if (flow == null) throw new IllegalArgumentException("no table " + table + " in this dump");
        return flow;
    }

    List<TablePart> tables() {
        return tables;
    }

    List<Definition> views() {
        return views;
    }

    List<Definition> triggers() {
        return triggers;
    }

    /** Something of the dump has become safe. */
    synchronized void safe(Checkpoint checkpoint) {
        var flow = flow(checkpoint.table());
        if (checkpoint.complete()) flow.complete = true;
        else flow.chunks.add(DumpProgress.chunk(checkpoint));
        notifyAll();
    }

    /**
     * Whether what a follower has done of a table comes from the chunks of this dump: those that were there before it was
     * gone on with.
     */
    synchronized boolean covers(String table, Kept done) {
        var flow = flow(table);
        if (done.complete() && !flow.completeBefore) return false;
        return done.chunks().isEmpty() || done.last() == null || place(table, done.last()) >= 0;
    }

    /** How many chunks a table had up to the one that ends with {@code last}, less one; -1 when none does. */
    synchronized int place(String table, @Nullable List<String> last) {
        var flow = flow(table);
        for (int i = 0; i < flow.before; i++) {
            if (Objects.equals(flow.chunks.get(i).last(), last)) return i;
        }
        return -1;
    }

    /**
     * A chunk of a table, as soon as it is safe; null when the table has no more. Waits, and looks around meanwhile.
     *
     * @param crew throws when the one who waits is to stop
     */
    synchronized @Nullable ChunkPart chunk(String table, int place, Crew crew) {
        var flow = flow(table);
        while (flow.chunks.size() <= place) {
            if (flow.complete) return null;
            crew.lookAround();
            try {
                wait(LOOK_AROUND_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new edu.wfu.wfumig.executor.Pulse.Stopped();
            }
        }
        return flow.chunks.get(place);
    }
}
