package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.RowDigest;
import edu.wfu.wfumig.database.Cursor;
import edu.wfu.wfumig.database.Proof;
import edu.wfu.wfumig.database.TableDefinition;
import edu.wfu.wfumig.dump.Manifest.ChunkPart;
import edu.wfu.wfumig.dump.Manifest.TablePart;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A key range of a staged table that is proved by itself: large tables are proved in several pieces side by side, and a piece
 * that differs says where.
 *
 * @param behind where it begins; null for the table's beginning
 * @param upTo its last row; null for the table's end
 * @param bytes raw bytes of its chunks
 */
record Piece(
        TablePart table, @Nullable Cursor behind, @Nullable Cursor upTo, RowDigest expected, long bytes) {
    static final long BYTES = 64L << 20;

    /**
     * The pieces of all tables, those first that were loaded last: they are still in the server's memory, and while they are
     * proved it writes the others to disk.
     */
    static List<Piece> of(List<TablePart> tables) {
        var ranks = new TreeMap<Integer, List<Piece>>();
        for (var table : tables) {
            var own = cut(table);
            for (int i = 0; i < own.size(); i++) {
                ranks.computeIfAbsent(own.size() - i, rank -> new ArrayList<>()).add(own.get(i));
            }
        }
        return ranks.values().stream().flatMap(List::stream).toList();
    }

    /** What the server says that it holds. */
    RowDigest found(TableDefinition staged, Proof proof) {
        return proof.digest(staged.name(), Parts.moved(staged, table), behind, upTo);
    }

    boolean isIn(TableDefinition staged, Proof proof) {
        return found(staged, proof).equals(expected);
    }

    private static List<Piece> cut(TablePart table) {
        var pieces = new ArrayList<Piece>();
        Cursor behind = null;
        var expected = RowDigest.EMPTY;
        long bytes = 0;
        boolean keyed = table.chunks().stream().allMatch(chunk -> chunk.last() != null);
        for (ChunkPart chunk : table.chunks()) {
            expected = expected.plus(chunk.digest());
            bytes += chunk.frame().raw();
            if (!keyed || chunk.last() == null || bytes < BYTES || chunk == lastOf(table)) continue;
            var upTo = new Cursor(table.key(), chunk.last());
            pieces.add(new Piece(table, behind, upTo, expected, bytes));
            behind = upTo;
            expected = RowDigest.EMPTY;
            bytes = 0;
        }
        pieces.add(new Piece(table, behind, null, expected, bytes));
        return pieces;
    }

    private static ChunkPart lastOf(TablePart table) {
        return table.chunks().get(table.chunks().size() - 1);
    }

    @Override
    public String toString() {
        if (behind == null && upTo == null) return table.name();
        String from = behind == null ? "" : " behind " + String.join(",", behind.values());
        return table.name() + from + (upTo == null ? "" : " up to " + String.join(",", upTo.values()));
    }
}
