package edu.wfu.wfumig.wordpress;

import org.jspecify.annotations.Nullable;

/**
 * A walk over one plain text: each place where a needle stands, from left to right, without overlap.
 *
 * <ol>
 *   <li>A needle holds a fragment: what lies further before the next fragment than a needle may begin is passed over.
 *   <li>At each place that is left and where a name may {@link Boundary begin}, the longest needle that may end counts.
 *   <li>A needle may also begin or end where another one does: {@code dev.wfu.testdev.wfu.test} holds two.
 * </ol>
 */
final class Occurrences implements Needles.Found {
    /** What a walk looks for: shared by all walks. */
    record Search(Needle[] all, Needles needles, Fragments fragments, int lead, boolean passOver) {}

    private final Search search;
    private final byte[] text;
    private final int from;
    private final int to;
    private int fragment = -1;
    private int matchedTo = -1;
    private int start;
    private int end;
    private @Nullable Needle needle;

    Occurrences(Search search, byte[] text, int from, int to) {
        this.search = search;
        this.text = text;
        this.from = from;
        this.to = to;
    }

    /** The next needle at or behind {@code at}; null when there is none. */
    @Nullable
    Needle next(int at) {
        needle = null;
        for (start = at; start < to; start++) {
            if (search.passOver() && start > fragment) {
                fragment = search.fragments().find(text, start, to);
                if (fragment < 0) return null;
                start = Math.max(start, fragment - search.lead());
            }
            if (!search.needles().startsAt(text[start])) continue;
            if (start != matchedTo && !Boundary.before(text, from, start)) continue;
            search.needles().at(text, start, to, this);
            if (needle == null) continue;
            matchedTo = end;
            return needle;
        }
        return null;
    }

    @Override
    public void needle(int id, int endsAt) {
        var candidate = search.all()[id];
        if (needle != null && end == endsAt || !candidate.standsAt(text, start)) return;
        boolean ends = candidate.path()
                ? Boundary.afterPath(text, endsAt, to)
                : Boundary.after(text, from, start, endsAt, to)
                        || search.needles().anyAt(text, endsAt, to);
        if (!ends) return;
        needle = candidate;
        end = endsAt;
    }

    /** Where the needle begins that was found. */
    int start() {
        return start;
    }

    int end() {
        return end;
    }
}
