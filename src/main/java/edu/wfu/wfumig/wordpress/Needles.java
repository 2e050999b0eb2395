package edu.wfu.wfumig.wordpress;

import java.util.Arrays;
import java.util.List;

/**
 * A set of byte strings to look for: a trie whose root is a table, so that a byte that begins no needle costs one
 * look. {@link #longestAt} is the whole interface; the caller walks the text.
 */
final class Needles {
    private final int[] root = new int[256];
    private byte[] label = new byte[64];
    private int[] child = new int[64];
    private int[] sibling = new int[64];
    private int[] needle = new int[64];
    private int nodes = 1; // node 0 is "none"

    Needles(List<byte[]> needles) {
        for (int i = 0; i < needles.size(); i++) insert(needles.get(i), i);
    }

    private void insert(byte[] bytes, int id) {
        int first = bytes[0] & 0xff;
        if (root[first] == 0) root[first] = node(bytes[0]);
        int at = root[first];
        for (int i = 1; i < bytes.length; i++) {
            int next = step(at, bytes[i]);
            if (next == 0) {
                next = node(bytes[i]);
                sibling[next] = child[at];
                child[at] = next;
            }
            at = next;
        }
        if (needle[at] == 0) needle[at] = id + 1; // the first of equal needles wins
    }

    private int node(byte with) {
        if (nodes == label.length) {
            int size = nodes * 2;
            label = Arrays.copyOf(label, size);
            child = Arrays.copyOf(child, size);
            sibling = Arrays.copyOf(sibling, size);
            needle = Arrays.copyOf(needle, size);
        }
        label[nodes] = with;
        return nodes++;
    }

    private int step(int from, byte with) {
        int at = child[from];
        while (at != 0 && label[at] != with) at = sibling[at];
        return at;
    }

    boolean startsAt(byte first) {
        return root[first & 0xff] != 0;
    }

    /** Tells of each needle that stands at {@code at}, the shortest first. */
    interface Found {
        void needle(int id, int end);
    }

    void at(byte[] text, int at, int to, Found found) {
        int node = at < to ? root[text[at] & 0xff] : 0;
        int i = at;
        while (node != 0) {
            i++;
            if (needle[node] != 0) found.needle(needle[node] - 1, i);
            node = i < to ? step(node, text[i]) : 0;
        }
    }

    /** Whether any needle stands at {@code at}. */
    boolean anyAt(byte[] text, int at, int to) {
        int node = at < to ? root[text[at] & 0xff] : 0;
        int i = at;
        while (node != 0) {
            if (needle[node] != 0) return true;
            i++;
            node = i < to ? step(node, text[i]) : 0;
        }
        return false;
    }
}
