package edu.wfu.wfumig.wordpress;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Replacements of byte ranges in one value, in the order of their places and without overlap. Everything between
 * them stays as it is, which is what keeps a rewrite from re-encoding what it did not mean to touch.
 */
final class Edits {
    record Edit(int from, int to, byte[] with) {
        int growth() {
            return with.length - (to - from);
        }
    }

    private final List<@Nullable Edit> edits = new ArrayList<>();
    private int growth;

    void add(int from, int to, byte[] with) {
        var edit = new Edit(from, to, with);
        edits.add(edit);
        growth += edit.growth();
    }

    /** Keeps a place for an edit that lies before those that follow but is known only after them. */
    int reserve() {
        edits.add(null);
        return edits.size() - 1;
    }

    /** Fills a reserved place. */
    void fill(int place, int from, int to, byte[] with) {
        var edit = new Edit(from, to, with);
        edits.set(place, edit);
        growth += edit.growth();
    }

    /** Whether anything was added since {@code place} was reserved; takes the place back when not. */
    boolean unusedSince(int place) {
        if (edits.size() > place + 1) return false;
        edits.remove(place);
        return true;
    }

    boolean isEmpty() {
        return edits.isEmpty();
    }

    /** By how many bytes the value grows. */
    int growth() {
        return growth;
    }

    Iterable<Edit> inOrder() {
        var list = new ArrayList<Edit>(edits.size());
        for (var edit : edits) if (edit != null) list.add(edit);
        return list;
    }

    byte[] applyTo(byte[] value) {
        byte[] out = new byte[value.length + growth];
        int read = 0;
        int write = 0;
        for (var edit : inOrder()) {
            int kept = edit.from() - read;
            System.arraycopy(value, read, out, write, kept);
            System.arraycopy(edit.with(), 0, out, write + kept, edit.with().length);
            write += kept + edit.with().length;
            read = edit.to();
        }
        System.arraycopy(value, read, out, write, value.length - read);
        return out;
    }
}
