package edu.wfu.wfumig.wordpress;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Replacements of byte ranges in one value, in the order of their places and without overlap. Everything between
 * them stays as it is, which is what keeps a rewrite from re-encoding what it did not mean to touch. Twelve bytes an edit,
 * beside what it puts in.
 */
final class Edits {
    interface Each {
        void edit(int from, int to, byte[] with);
    }

    private static final byte[] NOTHING = {};

    private int[] from = new int[8];
    private int[] to = new int[8];
    private byte[][] with = new byte[8][];
    private int size;
    private int growth;

    void add(int start, int end, byte[] replacement) {
        fill(reserve(), start, end, replacement);
    }

    /** Keeps a place for an edit that lies before those that follow but is known only after them. */
    int reserve() {
        if (size == from.length) {
            from = Arrays.copyOf(from, size * 2);
            to = Arrays.copyOf(to, size * 2);
            with = Arrays.copyOf(with, size * 2);
        }
        with[size] = NOTHING;
        return size++;
    }

    /** Fills a reserved place. */
    void fill(int place, int start, int end, byte[] replacement) {
        from[place] = start;
        to[place] = end;
        with[place] = replacement;
        growth += replacement.length - (end - start);
    }

    /** Whether anything was added since {@code place} was reserved; takes the place back when not. */
    boolean unusedSince(int place) {
        if (size > place + 1) return false;
        size = place;
        return true;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** By how many bytes the value grows. */
    int growth() {
        return growth;
    }

    void each(Each each) {
        for (int i = 0; i < size; i++) each.edit(from[i], to[i], with[i]);
    }

    byte[] applyTo(byte[] value) {
        byte[] out = new byte[value.length + growth];
        int read = 0;
        int write = 0;
        for (int i = 0; i < size; i++) {
            int kept = from[i] - read;
            System.arraycopy(value, read, out, write, kept);
            System.arraycopy(with[i], 0, out, write + kept, with[i].length);
            write += kept + with[i].length;
            read = to[i];
        }
        System.arraycopy(value, read, out, write, value.length - read);
        return out;
    }

    /** Writes the range {@code [start, end)} of a text with the edits in it. */
    void write(byte[] text, int start, int end, OutputStream out) throws IOException {
        int read = start;
        for (int i = 0; i < size; i++) {
            out.write(text, read, from[i] - read);
            out.write(with[i]);
            read = to[i];
        }
        out.write(text, read, end - read);
    }
}
