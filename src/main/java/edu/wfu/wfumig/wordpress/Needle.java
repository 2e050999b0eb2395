package edu.wfu.wfumig.wordpress;

import java.util.Arrays;

/**
 * One spelling of one rule.
 *
 * @param rule the number of its rule; {@link #KEEP} for a text that is to stay as it is
 * @param fold for each byte of {@code find} the bit by which it may differ: {@link #CASE}, or none
 * @param path whether it ends inside a path
 */
record Needle(int rule, byte[] find, byte[] fold, byte[] with, boolean path) {
    static final int KEEP = -1;

    /** The bit by which a capital letter of ASCII differs from a small one. */
    static final byte CASE = 0x20;

    static boolean letter(byte b) {
        int small = b | CASE;
        return small >= 'a' && small <= 'z';
    }

    static byte small(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b | CASE) : b;
    }

    boolean standsAt(byte[] text, int at) {
        for (int i = 0; i < find.length; i++) if (((text[at + i] ^ find[i]) & ~fold[i]) != 0) return false;
        return true;
    }

    /** The same place with what was put in: to be left alone when it is met again. */
    Needle keep() {
        byte[] folded = new byte[with.length];
        for (int i = 0; i < with.length; i++) if (letter(with[i])) folded[i] = CASE;
        return new Needle(KEEP, with, folded, with, path);
    }

    /** Whether what it puts in holds what it looks for, so that a second pass would find it again. */
    boolean findsItself() {
        byte[] small = small(with);
        byte[] wanted = small(find);
        return !Arrays.equals(small, wanted) && lastOf(small, wanted) >= 0;
    }

    /**
     * The longest part that is spelled alike in the text, in a dump's string literals and in any charset that holds ASCII,
     * in small letters; a text without it does not hold the needle. Empty when there is none.
     */
    byte[] fragment() {
        byte[] longest = new byte[0];
        for (int at = 0, start = 0; at <= find.length; at++) {
            if (at < find.length && !special(find[at])) continue;
            if (at - start > longest.length) longest = small(Arrays.copyOfRange(find, start, at));
            start = at + 1;
        }
        return longest;
    }

    private static boolean special(byte b) {
        return b < 0x20 || b == '/' || b == ':' || b == '%' || b == '\\' || b == '\'' || b == '"';
    }

    /** The last place at which a text in small letters stands in it; -1 when nowhere. */
    int lastOf(byte[] fragment) {
        return lastOf(small(find), fragment);
    }

    private static int lastOf(byte[] text, byte[] part) {
        for (int at = text.length - part.length; at >= 0; at--) {
            if (Arrays.equals(text, at, at + part.length, part, 0, part.length)) return at;
        }
        return -1;
    }

    private static byte[] small(byte[] text) {
        byte[] small = text.clone();
        for (int i = 0; i < small.length; i++) small[i] = small(small[i]);
        return small;
    }
}
