package edu.wfu.wfumig.wordpress;

/**
 * Reads PHP's serialization format without building values.
 *
 * <ol>
 *   <li>A value is one letter, a colon, and what the letter asks for; arrays and objects hold values in turn.
 *   <li>{@link #valid} walks the range once and says whether PHP could read it whole.
 *   <li>{@link #visit} walks it again and shows every counted range: strings, array keys, property names, and the
 *       payload of {@code C:} records, with the place of its length.
 * </ol>
 *
 * Lengths count bytes. Whether a reference ({@code R:}, {@code r:}) points at something is not asked: a record's own reader
 * may count differently, and a length corrected in a value that PHP cannot read does no harm.
 * Source: ext/standard/var_unserializer.re of PHP 8.
 */
final class PhpSerialized {
    /** A counted range: its length stands at {@code [lengthFrom, lengthTo)}, its bytes at {@code [from, to)}. */
    interface Visitor {
        void counted(int lengthFrom, int lengthTo, int from, int to);
    }

    /** PHP refuses deeper nesting: unserialize_max_depth. */
    private static final int MAX_DEPTH = 4096;

    private static final Visitor NOTHING = (lengthFrom, lengthTo, from, to) -> {};

    private final byte[] text;
    private final int to;
    private final Visitor visitor;
    private int at;

    private PhpSerialized(byte[] text, int from, int to, Visitor visitor) {
        this.text = text;
        this.at = from;
        this.to = to;
        this.visitor = visitor;
    }

    /** Cheap: whether the range begins and ends as a serialized value would. */
    static boolean looksLike(byte[] text, int from, int to) {
        if (to - from < 2) return false;
        byte last = text[to - 1];
        if (last != ';' && last != '}') return false;
        return text[from + 1] == ':' ? "abdisOCE".indexOf(text[from]) >= 0 : text[from] == 'N' && to - from == 2;
    }

    static boolean valid(byte[] text, int from, int to) {
        var reader = new PhpSerialized(text, from, to, NOTHING);
        return reader.value(0) && reader.at == to;
    }

    /** Visits every counted range of a range that is {@link #valid}, outer before inner, in order. */
    static void visit(byte[] text, int from, int to, Visitor visitor) {
        new PhpSerialized(text, from, to, visitor).value(0);
    }

    private boolean value(int depth) {
        if (depth > MAX_DEPTH || at >= to) return false;
        byte kind = text[at++];
        if (kind == 'N') return take(';');
        if (!take(':')) return false;
        return switch (kind) {
            case 'b' -> at < to && (text[at] == '0' || text[at] == '1') && skip() && take(';');
            case 'i' -> integer() && take(';');
            case 'd' -> number() && take(';');
            case 's' -> string(visitor) && take(';');
            case 'E' -> string(NOTHING) && take(';');
            case 'a' -> members(depth);
            case 'O' -> name() && take(':') && members(depth);
            case 'C' -> custom();
            case 'R', 'r' -> unsigned() > 0 && take(';');
            default -> false;
        };
    }

    private boolean members(int depth) {
        long count = unsigned();
        if (count < 0 || !take(':') || !take('{')) return false;
        for (long i = 0; i < count; i++) {
            if (at >= to || text[at] != 'i' && text[at] != 's') return false;
            boolean keyRead = value(depth + 1);
            if (!keyRead || !value(depth + 1)) return false;
        }
        return take('}');
    }

    private boolean custom() {
        if (!name() || !take(':')) return false;
        int lengthFrom = at;
        long length = unsigned();
        int lengthTo = at;
        if (length < 0 || !take(':') || !take('{') || length > to - at) return false;
        visitor.counted(lengthFrom, lengthTo, at, at + (int) length);
        at += (int) length;
        return take('}');
    }

    private boolean string(Visitor shown) {
        int lengthFrom = at;
        long length = unsigned();
        int lengthTo = at;
        if (length < 0 || !take(':') || !take('"') || length > to - at) return false;
        int from = at;
        at += (int) length;
        if (!take('"')) return false;
        shown.counted(lengthFrom, lengthTo, from, from + (int) length);
        return true;
    }

    /** A class name with its length; never rewritten. */
    private boolean name() {
        long length = unsigned();
        if (length < 0 || !take(':') || !take('"') || length > to - at) return false;
        for (int end = at + (int) length; at < end; at++) {
            byte b = text[at];
            boolean letter = b < 0 || b == '_' || b == '\\' || Character.isLetterOrDigit(b);
            if (!letter) return false;
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
