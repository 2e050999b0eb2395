package edu.wfu.wfumig.wordpress;

/**
 * Whether a found host stands for itself or is part of a longer name. {@code dev.wfu.test} is not part of
 * {@code xdev.wfu.test}, {@code my-dev.wfu.test}, {@code dev.wfu.testing} or {@code dev.wfu.test.evil.org}; it is in
 * {@code cdn.dev.wfu.test}, {@code \ndev.wfu.test} of a JSON text, {@code %2Fdev.wfu.test} and in the file name
 * {@code /var/log/dev.wfu.test.log}.
 */
final class Boundary {
    private Boundary() {}

    /** Whether a name may begin at {@code at}, given the bytes before it. */
    static boolean before(byte[] text, int from, int at) {
        if (at == from || !nameByte(text[at - 1])) return true;
        return endsPercent(text, from, at) || endsEscape(text, from, at);
    }

    /** Whether a name that began at {@code start} may end at {@code end}. */
    static boolean after(byte[] text, int from, int start, int end, int to) {
        if (end >= to) return true;
        byte next = text[end];
        if (nameByte(next)) return accented(text, end, to);
        boolean dotted = next == '.' && end + 1 < to && alphanumeric(text[end + 1]);
        return !dotted || inFileName(text, from, start);
    }

    /** For a needle with a path: the last segment ends here. */
    static boolean afterPath(byte[] text, int end, int to) {
        if (end >= to) return true;
        byte next = text[end];
        if (nameByte(next) || next == '_') return false;
        return !(next == '.' && end + 1 < to && alphanumeric(text[end + 1]));
    }

    /** A letter with a combining mark behind it (U+0300 to U+036F) is no letter of a host name. */
    private static boolean accented(byte[] text, int at, int to) {
        if (at + 2 >= to) return false;
        int first = text[at + 1] & 0xff;
        int second = text[at + 2] & 0xff;
        return first == 0xCC || first == 0xCD && second <= 0xAF;
    }

    /** Right behind a single slash or backslash, not the two that come before a host. */
    private static boolean inFileName(byte[] text, int from, int start) {
        if (start == from || text[start - 1] != '/' && text[start - 1] != '\\') return false;
        int previous = start - 2;
        while (previous >= from && text[previous] == '\\') previous--;
        return previous < from || text[previous] != '/';
    }

    /** {@code …%2F}, {@code …%252F}: the letters before belong to an encoded byte. */
    private static boolean endsPercent(byte[] text, int from, int at) {
        if (at - 3 < from || !hex(text[at - 1]) || !hex(text[at - 2])) return false;
        int i = at - 3;
        while (i - 1 >= from && text[i] == '5' && text[i - 1] == '2') i -= 2;
        return text[i] == '%';
    }

    /** {@code \n}, {@code \t}, <code>\\u0040</code>: the letters before belong to a JSON or source code escape. */
    private static boolean endsEscape(byte[] text, int from, int at) {
        if (at - 2 >= from && text[at - 2] == '\\' && "nrtbf".indexOf(text[at - 1]) >= 0) return true;
        if (at - 6 < from || text[at - 6] != '\\' || text[at - 5] != 'u') return false;
        for (int i = at - 4; i < at; i++) if (!hex(text[i])) return false;
        return true;
    }

    private static boolean nameByte(byte b) {
        return alphanumeric(b) || b == '-';
    }

    private static boolean alphanumeric(byte b) {
        return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z';
    }

    private static boolean hex(byte b) {
        return b >= '0' && b <= '9' || b >= 'a' && b <= 'f' || b >= 'A' && b <= 'F';
    }
}
