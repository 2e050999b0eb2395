package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.ScopeId;
import edu.wfu.wfumig.database.Proof;
import edu.wfu.wfumig.database.TableDefinition;
import edu.wfu.wfumig.dump.Manifest.TablePart;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * What a loader does that finds no table left while another one still loads: it proves what is staged already.
 *
 * <ol>
 *   <li>A table whose rows are in is cut into its {@link Piece pieces}; nobody writes rows of it any more. Those that were
 *       loaded last come first. Where keys are made now, the server reads the table from its beginning: so do the proofs, and
 *       what one of them has read from the disk the other one finds in memory.
 *   <li>As long as any table is incomplete, one piece after the other is held against what was computed while it moved.
 *   <li>What is as it must be is {@link Proven}. Of what is not nothing is said: the verify step asks again, and says so.
 * </ol>
 */
final class Ahead implements AutoCloseable {
    private final ScopeId scope;
    private final Proven proven;
    private final Map<String, TableDefinition> staged;
    private final List<Proof> proofs;
    private final Queue<Proof> free;
    private final Deque<Piece> pieces = new ArrayDeque<>();

    /**
     * @param staged what stands in staging, by the names that tables have in the source
     * @param proofs one for each loader; closed with this
     */
    Ahead(ScopeId scope, Proven proven, Map<String, TableDefinition> staged, List<Proof> proofs) {
        this.scope = scope;
        this.proven = proven;
        this.staged = staged;
        this.proofs = proofs;
        free = new ConcurrentLinkedQueue<>(proofs);
    }

    /**
     * The rows of a table are in.
     *
     * @param keyed whether its keys are made now
     */
    synchronized void staged(TablePart table, boolean keyed) {
        if (proofs.isEmpty()) return;
        var own = new ArrayList<>(Piece.of(List.of(table)));
        if (!keyed) Collections.reverse(own);
        own.forEach(pieces::addFirst);
    }

    /** A piece to prove; null when there is none at the moment. */
    synchronized @Nullable Runnable next() {
        var piece = pieces.poll();
        return piece == null ? null : () -> prove(piece);
    }

    /** A piece of this table to prove; null when there is none left. */
    synchronized @Nullable Runnable next(String table) {
        var own = pieces.stream()
                .filter(piece -> piece.table().name().equals(table))
                .findFirst();
        own.ifPresent(pieces::remove);
        return own.<Runnable>map(piece -> () -> prove(piece)).orElse(null);
    }

    private void prove(Piece piece) {
        var proof = free.poll();
        if (proof == null) return;
        var table = staged.get(piece.table().name());
        try {
            if (table != null && piece.isIn(table, proof)) proven.add(scope, piece);
            free.add(proof);
        } catch (Refusal refused) {
            // Nobody waits for it; its connection may be gone, and is not asked again.
            if (refused.kind() != Refusal.Kind.PASSING) throw refused;
        }
    }

    @Override
    public void close() {
        proofs.forEach(Proof::close);
    }
}
