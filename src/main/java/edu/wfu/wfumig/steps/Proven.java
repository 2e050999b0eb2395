package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.RowDigest;
import edu.wfu.wfumig.ScopeId;
import edu.wfu.wfumig.database.Cursor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which pieces of staged tables this very process has found to be as they must be, while other tables were still loaded. In
 * memory alone: whoever goes on with a run in another process proves all of it, because staging may have changed meanwhile.
 */
final class Proven {
    /** What was asked, and what the answer was: a piece that must hold something else now is another one. */
    private record Range(
            String table, @Nullable Cursor behind, @Nullable Cursor upTo, RowDigest expected) {
        static Range of(Piece piece) {
            return new Range(piece.table().name(), piece.behind(), piece.upTo(), piece.expected());
        }
    }

    private final boolean wanted;
    private final Map<ScopeId, Set<Range>> scopes = new ConcurrentHashMap<>();

    /**
     * @param wanted whether the plan asks for digests at all
     */
    Proven(boolean wanted) {
        this.wanted = wanted;
    }

    boolean wanted() {
        return wanted;
    }

    void add(ScopeId scope, Piece piece) {
        scopes.computeIfAbsent(scope, id -> ConcurrentHashMap.newKeySet()).add(Range.of(piece));
    }

    /** The scope is staged anew. */
    void forget(ScopeId scope) {
        scopes.remove(scope);
    }

    /** Those of {@code pieces} that are still to be proved. */
    List<Piece> left(ScopeId scope, List<Piece> pieces) {
        var known = scopes.getOrDefault(scope, Set.of());
        return pieces.stream().filter(piece -> !known.contains(Range.of(piece))).toList();
    }
}
