package edu.wfu.wfumig.steps;

import java.util.Arrays;

/**
 * Looks for one text in many.
 *
 * <ol>
 *   <li>For every byte: how far the window may move on when it ends with that byte.
 *   <li>A window whose last byte is the text's is compared; then it moves on by its last byte.
 * </ol>
 *
 * Source: R. N. Horspool, "Practical fast searching in strings", 1980.
 */
final class ByteSearch {
    private final byte[] sought;
    private final int[] shift = new int[256];

    ByteSearch(byte[] sought) {
        this.sought = sought;
        Arrays.fill(shift, sought.length);
        for (int i = 0; i < sought.length - 1; i++) shift[sought[i] & 0xff] = sought.length - 1 - i;
    }

    boolean in(byte[] text) {
        int last = sought.length - 1;
        for (int end = last; end < text.length; end += shift[text[end] & 0xff]) {
            if (text[end] == sought[last] && Arrays.equals(text, end - last, end + 1, sought, 0, sought.length))
                return true;
        }
        return false;
    }
}
