package edu.wfu.wfumig.wordpress;

import java.util.Arrays;
import java.util.List;

/**
 * Looks for any of many byte strings while reading only a part of the text.
 *
 * <ol>
 *   <li>Of every string only the first {@code m} bytes count, {@code m} being the length of the shortest.
 *   <li>A table says for each block of up to three bytes how far behind the block the window of {@code m} bytes may jump: as
 *       far as the block stands before the end of the nearest string's window, {@code m - block + 1} when it stands in
 *       none. Blocks that share a slot share the smaller jump.
 *   <li>The window's last block is looked up. A jump of zero means that a string may begin where the window does; that
 *       is settled by {@link Needles}.
 * </ol>
 *
 * Capitals are taken for small letters. A text without a match costs one look per {@code m - block + 1} bytes, whether there is one string or ten thousand.
 * Source: S. Wu, U. Manber, "A fast algorithm for multi-pattern searching", University of Arizona TR-94-17, 1994.
 */
final class Fragments {
    private static final int SLOTS = 1 << 15;

    private final Needles needles;
    private final int window;
    private final int block;
    private final byte[] jump = new byte[SLOTS];

    Fragments(List<byte[]> fragments) {
        needles = new Needles(fragments);
        window = fragments.stream().mapToInt(fragment -> fragment.length).min().orElse(Integer.MAX_VALUE);
        block = Math.min(3, window);
        Arrays.fill(jump, (byte) Math.min(Byte.MAX_VALUE, window - block + 1));
        for (byte[] fragment : fragments) {
            for (int end = block - 1; end < window; end++) {
                int slot = slot(fragment, end);
                jump[slot] = (byte) Math.min(jump[slot], Math.min(Byte.MAX_VALUE, window - 1 - end));
            }
        }
    }

    /** The first place in {@code [from, to)} where a string stands, or -1. */
    int find(byte[] text, int from, int to) {
        if (window == Integer.MAX_VALUE) return -1;
        int end = from + window - 1;
        while (end < to) {
            int far = jump[slot(text, end)];
            if (far == 0) {
                int start = end - window + 1;
                if (needles.anyAt(text, start, to)) return start;
                far = 1;
            }
            end += far;
        }
        return -1;
    }

    /** Five bits of each byte: what is left of a letter when it does not matter whether it is a capital. */
    private int slot(byte[] text, int end) {
        int bytes = text[end] & 0x1f;
        if (block > 1) bytes |= (text[end - 1] & 0x1f) << 5;
        if (block > 2) bytes |= (text[end - 2] & 0x1f) << 10;
        return bytes;
    }
}
