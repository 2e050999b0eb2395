package edu.wfu.wfumig.wordpress;

import java.util.Arrays;
import java.util.List;

/**
 * A set of byte strings to look for, capitals taken for small letters: a trie whose root is a table, so that a byte that
 * begins no needle costs one look. Needles that differ in capitals only share a node. The caller walks the text.
 */
final class Needles {
    private static final byte[] SMALL = new byte[256];

    static {
        for (int i = 0; i < SMALL.length; i++) SMALL[i] = Needle.small((byte) i);
    }

    private final int[] root = new int[256];
    private byte[] label = new byte[64];
    private int[] child = new int[64];
    private int[] sibling = new int[64];
    private int[] needle = new int[64];
    private int nodes = 1; // node 0 is "none"
    private final int[] same; // needle to the next one of the same node

    Needles(List<byte[]> needles) {
        same = new int[needles.size() + 1];
        for (int i = 0; i < needles.size(); i++) insert(needles.get(i), i + 1);
    }

    private void insert(byte[] bytes, int number) {
        byte first = SMALL[bytes[0] & 0xff];
        if (root[first & 0xff] == 0) {
            int node = node(first);
            root[first & 0xff] = node;
            if (Needle.letter(first)) root[first & 0xff & ~Needle.CASE] = node;
        }
        int at = root[first & 0xff];
        for (int i = 1; i < bytes.length; i++) {
            int next = step(at, bytes[i]);
            if (next == 0) {
                next = node(SMALL[bytes[i] & 0xff]);
                sibling[next] = child[at];
                child[at] = next;
            }
            at = next;
        }
        if (needle[at] == 0) {
            needle[at] = number;
            return;
        }
        int last = needle[at];
        while (same[last] != 0) last = same[last];
        same[last] = number;
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
        byte small = SMALL[with & 0xff];
        int at = child[from];
        while (at != 0 && label[at] != small) at = sibling[at];
        return at;
    }

    boolean startsAt(byte first) {
        return root[first & 0xff] != 0;
    }

    /** Tells of each needle that stands at {@code at}, the shortest first, equal ones in the order they were given. */
    interface Found {
        void needle(int id, int end);
    }

    void at(byte[] text, int at, int to, Found found) {
        int node = at < to ? root[text[at] & 0xff] : 0;
        int i = at;
        while (node != 0) {
            i++;
            for (int each = needle[node]; each != 0; each = same[each]) found.needle(each - 1, i);
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
