package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.ScopeId;
import edu.wfu.wfumig.database.Proof;
import edu.wfu.wfumig.database.TableDefinition;
import edu.wfu.wfumig.dump.Manifest.TablePart;
import java.util.ArrayDeque;
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
 *   <li>A table that is staged as a whole is cut into its {@link Piece pieces}; nobody writes it any more. Those that were
 *       loaded last come first.
 *   <li>As long as any table is still loaded, one piece after the other is held against what was computed while it moved.
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
    private int loading;

    /**
     * @param tables how many are to be loaded
     * @param staged what stands in staging, by the names that tables have in the source
     * @param proofs one for each loader that may wait for another one; closed with this
     */
    Ahead(ScopeId scope, Proven proven, int tables, Map<String, TableDefinition> staged, List<Proof> proofs) {
        this.scope = scope;
        this.proven = proven;
        this.staged = staged;
        this.proofs = proofs;
        free = new ConcurrentLinkedQueue<>(proofs);
        loading = tables;
    }

    /** A table is staged as a whole. */
    synchronized void staged(TablePart table) {
        loading--;
        if (proofs.isEmpty()) return;
        var own = Piece.of(List.of(table));
        for (int i = own.size() - 1; i >= 0; i--) pieces.addFirst(own.get(i));
    }

    private synchronized @Nullable Piece next() {
        return loading == 0 ? null : pieces.poll();
    }

    /** Proves what it can, until there is nothing left to prove or nothing left to wait for. */
    void prove(Crew crew) {
        var proof = free.poll();
        if (proof == null) return;
        for (var piece = next(); piece != null; piece = next()) {
            crew.lookAround();
            var table = staged.get(piece.table().name());
            if (table != null && piece.isIn(table, proof)) proven.add(scope, piece);
        }
    }

    @Override
    public void close() {
        proofs.forEach(Proof::close);
    }
}
