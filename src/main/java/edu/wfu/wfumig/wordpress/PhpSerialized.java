package edu.wfu.wfumig.wordpress;

import java.util.Arrays;

/**
 * Reads PHP's serialization format without building values.
 *
 * <ol>
 *   <li>A value is one letter, a colon, and what the letter asks for; arrays and objects hold keys and values in turn.
 *       How many of them are still to come stands on a stack, so nesting costs no calls.
 *   <li>{@link #end} walks a value once and says where it ends, if PHP could read it.
 *   <li>{@link #visit} walks it again and shows every counted range: strings, array keys, property names, and the
 *       payload of {@code C:} records, with the place of its length.
 * </ol>
 *
 * Lengths count bytes. Whether a reference ({@code R:}, {@code r:}) points at something is not asked: a record's own reader
 * may count differently, and a length corrected in a value that PHP cannot read does no harm.
 * Source: ext/standard/var_unserializer.re of PHP 8.
 */
final class PhpSerialized {
    enum Kind {
        STRING,
        /** A string in which bytes are escaped, as PHP 6 would have written it. */
        ESCAPED,
        /** The key of an array or the name of a property. */
        KEY,
        /** What a class wrote as it liked. */
        RECORD
    }

    /** A counted range: its length stands at {@code [lengthFrom, lengthTo)}, its bytes at {@code [from, to)}. */
    interface Visitor {
        void counted(Kind kind, int lengthFrom, int lengthTo, int from, int to);
    }

    /** PHP refuses deeper nesting: unserialize_max_depth. */
    private static final int MAX_DEPTH = 4096;

    private static final Visitor NOTHING = (kind, lengthFrom, lengthTo, from, to) -> {};

    private final byte[] text;
    private final int to;
    private final Visitor visitor;
    private int at;

    /** For each open array and object how many keys and values are still to come. */
    private long[] missing = new long[8];

    private int depth;
    private boolean key;

    private PhpSerialized(byte[] text, int from, int to, Visitor visitor) {
        this.text = text;
        this.at = from;
        this.to = to;
        this.visitor = visitor;
    }

    /** Cheap: whether a value with strings in it may begin at {@code at}. */
    static boolean begins(byte[] text, int at, int to) {
        return to - at > 3 && text[at + 1] == ':' && Character.isDigit(text[at + 2]) && "asOCS".indexOf(text[at]) >= 0;
    }

    /** Where the value ends that begins at {@code from}; -1 when PHP could not read one there. */
    static int end(byte[] text, int from, int to) {
        var reader = new PhpSerialized(text, from, to, NOTHING);
        return reader.value() ? reader.at : -1;
    }

    /** Visits every counted range of a value that has an {@link #end}, outer before inner, in order. */
    static void visit(byte[] text, int from, int to, Visitor visitor) {
        new PhpSerialized(text, from, to, visitor).value();
    }

    interface Values {
        void value(int from, int to);
    }

    /**
     * Shows the values of a record that PHP's own classes string together: {@code x:i:1;O:…;,i:2;;m:a:0:{}} of an
     * SplObjectStorage, {@code i:0;:s:…;:s:…;} of an SplStack; returns whether the range is such a record.
     */
    static boolean strung(byte[] text, int from, int to, Values values) {
        int at = from;
        while (at < to) {
            boolean label = at + 1 < to && (text[at] == 'x' || text[at] == 'm') && text[at + 1] == ':';
            if (label || ",;:".indexOf(text[at]) >= 0) {
                at += label ? 2 : 1;
                continue;
            }
            int end = end(text, at, to);
            if (end < 0) return false;
            values.value(at, end);
            at = end;
        }
        return true;
    }

    private boolean value() {
        do {
            key = depth > 0 && missing[depth - 1] % 2 == 0;
            if (at >= to || key && "isS".indexOf(text[at]) < 0) return false;
            byte kind = text[at++];
            if (kind == 'N' ? !take(';') : !take(':') || !rest(kind)) return false;
            if (kind == 'a' || kind == 'O') continue;
            if (!closed()) return false;
        } while (depth > 0);
        return true;
    }

    /** Closes every array and object that has all it announced. */
    private boolean closed() {
        while (depth > 0) {
            if (missing[depth - 1] > 0 && --missing[depth - 1] > 0) return true;
            if (!take('}')) return false;
            depth--;
        }
        return true;
    }

    private boolean rest(byte kind) {
        return switch (kind) {
            case 'b' -> at < to && (text[at] == '0' || text[at] == '1') && skip() && take(';');
            case 'i' -> integer() && take(';');
            case 'd' -> number() && take(';');
            case 's', 'S' -> string(kind) && take(';');
            case 'E' -> quoted(true) && take(';');
            case 'a' -> open();
            case 'O' -> quoted(false) && take(':') && open();
            case 'C' -> quoted(false) && take(':') && record();
            case 'R', 'r' -> unsigned() > 0 && take(';');
            default -> false;
        };
    }

    private boolean open() {
        long count = unsigned();
        if (count < 0 || !take(':') || !take('{') || depth == MAX_DEPTH) return false;
        if (depth == missing.length) missing = Arrays.copyOf(missing, depth * 2);
        missing[depth++] = count * 2;
        return count > 0 || closed();
    }

    private boolean record() {
        int lengthFrom = at;
        long length = unsigned();
        int lengthTo = at;
        if (length < 0 || !take(':') || !take('{') || length > to - at) return false;
        int from = at;
        at += (int) length;
        if (!take('}')) return false;
        visitor.counted(Kind.RECORD, lengthFrom, lengthTo, from, from + (int) length);
        return true;
    }

    private boolean string(byte kind) {
        int lengthFrom = at;
        long length = unsigned();
        int lengthTo = at;
        if (length < 0 || !take(':') || !take('"') || length > to - at) return false;
        int from = at;
        if (kind == 's') at += (int) length;
        else if (!escapedBytes(length)) return false;
        int end = at;
        if (!take('"')) return false;
        visitor.counted(kind == 'S' ? Kind.ESCAPED : key ? Kind.KEY : Kind.STRING, lengthFrom, lengthTo, from, end);
        return true;
    }

    /** {@code S:} writes a byte as a backslash and two digits where it likes. */
    private boolean escapedBytes(long count) {
        for (long i = 0; i < count; i++) {
            if (at >= to) return false;
            if (text[at] == '\\') {
                if (at + 2 >= to || Character.digit(text[at + 1], 16) < 0 || Character.digit(text[at + 2], 16) < 0)
                    return false;
                at += 2;
            }
            at++;
        }
        return true;
    }

    /** A class name with its length, or that of an enum's case; never rewritten. */
    private boolean quoted(boolean enumCase) {
        long length = unsigned();
        if (length < 0 || !take(':') || !take('"') || length > to - at) return false;
        for (int end = at + (int) length; at < end; at++) {
            byte b = text[at];
            boolean letter = b < 0 || b == 0x7f || b == '_' || b == '\\' || Character.isLetterOrDigit(b);
            if (!letter && !(enumCase && b == ':')) return false;
        }
        return take('"');
    }

    private boolean integer() {
        if (at < to && (text[at] == '-' || text[at] == '+')) at++;
        return digits() > 0;
    }

    private boolean number() {
        for (String word : new String[] {"INF", "-INF", "NAN"}) {
            if (matches(word)) {
                at += word.length();
                return true;
            }
        }
        if (at < to && (text[at] == '-' || text[at] == '+')) at++;
        int digits = digits();
        if (at < to && text[at] == '.') {
            at++;
            digits += digits();
        }
        if (digits == 0) return false;
        if (at < to && (text[at] == 'e' || text[at] == 'E')) {
            at++;
            return integer();
        }
        return true;
    }

    private long unsigned() {
        int from = at;
        long value = 0;
        while (at < to && text[at] >= '0' && text[at] <= '9' && at - from < 18) value = value * 10 + text[at++] - '0';
        return at == from ? -1 : value;
    }

    private int digits() {
        int from = at;
        while (at < to && text[at] >= '0' && text[at] <= '9') at++;
        return at - from;
    }

    private boolean matches(String word) {
        if (to - at < word.length()) return false;
        for (int i = 0; i < word.length(); i++) if (text[at + i] != word.charAt(i)) return false;
        return true;
    }

    private boolean take(char wanted) {
        return at < to && text[at] == wanted && skip();
    }

    private boolean skip() {
        at++;
        return true;
    }
}
