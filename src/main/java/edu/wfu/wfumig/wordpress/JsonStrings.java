package edu.wfu.wfumig.wordpress;

/**
 * Finds the string literals of a JSON document without building it.
 *
 * <ol>
 *   <li>{@link #valid} walks the range once and says whether it is JSON (RFC 8259), escapes included.
 *   <li>{@link #visit} walks it again and shows each literal, keys included, as the range between its quotes.
 * </ol>
 */
final class JsonStrings {
    interface Visitor {
        /**
         * @param key whether the literal names a member of an object
         */
        void literal(int from, int to, boolean key);
    }

    static final Escapes ESCAPES = new Escapes.Json();

    private static final Visitor NOTHING = (from, to, key) -> {};

    /** What json_decode() takes unless it is told otherwise. */
    private static final int MAX_DEPTH = 512;

    private final byte[] text;
    private final int to;
    private final Visitor visitor;
    private int at;

    private JsonStrings(byte[] text, int from, int to, Visitor visitor) {
        this.text = text;
        this.at = from;
        this.to = to;
        this.visitor = visitor;
    }

    static boolean looksLike(byte[] text, int from, int to) {
        if (to - from < 2) return false;
        byte first = text[from];
        byte last = text[to - 1];
        return first == '{' && last == '}' || first == '[' && last == ']' || first == '"' && last == '"';
    }

    static boolean valid(byte[] text, int from, int to) {
        var reader = new JsonStrings(text, from, to, NOTHING);
        return reader.value(0) && reader.blanks() == to;
    }

    /** Visits every literal of a range that is {@link #valid}, in order. */
    static void visit(byte[] text, int from, int to, Visitor visitor) {
        new JsonStrings(text, from, to, visitor).value(0);
    }

    private boolean value(int depth) {
        if (depth > MAX_DEPTH || blanks() >= to) return false;
        return switch (text[at]) {
            case '{' -> members(depth, '}', true);
            case '[' -> members(depth, ']', false);
            case '"' -> string(false);
            default -> scalar();
        };
    }

    private boolean members(int depth, char close, boolean named) {
        at++;
        if (blanks() < to && text[at] == close) {
            at++;
            return true;
        }
        while (true) {
            if (named) {
                if (blanks() >= to || text[at] != '"' || !string(true) || blanks() >= to || text[at++] != ':')
                    return false;
            }
            if (!value(depth + 1) || blanks() >= to) return false;
            byte next = text[at++];
            if (next == close) return true;
            if (next != ',') return false;
        }
    }

    private boolean string(boolean key) {
        int from = ++at;
        while (at < to) {
            byte b = text[at];
            if (b == '"') {
                visitor.literal(from, at++, key);
                return true;
            }
            if (b >= 0 && b < 0x20) return false;
            int length = b < 0 ? letter(b & 0xff) : b == '\\' ? ESCAPES.length(text, at, to) : 1;
            if (length < 0) return false;
            at += length;
        }
        return false;
    }

    /** How many bytes the letter beyond ASCII at this place takes; -1 when it is not UTF-8 (RFC 3629, 4). */
    private int letter(int first) {
        int length = first < 0xC2 ? -1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : -1;
        if (at + length > to) return -1;
        for (int i = 1; i < length; i++) if ((text[at + i] & 0xC0) != 0x80) return -1;
        int second = length < 0 ? 0 : text[at + 1] & 0xff;
        boolean tooLong = first == 0xE0 && second < 0xA0 || first == 0xF0 && second < 0x90;
        boolean noLetter = first == 0xED && second > 0x9F || first == 0xF4 && second > 0x8F;
        return tooLong || noLetter ? -1 : length;
    }

    private boolean scalar() {
        return word("true") || word("false") || word("null") || number();
    }

    private boolean word(String word) {
        if (to - at < word.length()) return false;
        for (int i = 0; i < word.length(); i++) if (text[at + i] != word.charAt(i)) return false;
        at += word.length();
        return true;
    }

    private boolean number() {
        if (at < to && text[at] == '-') at++;
        boolean zero = at < to && text[at] == '0';
        int whole = digits();
        if (whole == 0 || zero && whole > 1) return false;
        if (at < to && text[at] == '.') {
            at++;
            if (digits() == 0) return false;
        }
        if (at < to && (text[at] == 'e' || text[at] == 'E')) {
            at++;
            if (at < to && (text[at] == '+' || text[at] == '-')) at++;
            return digits() > 0;
        }
        return true;
    }

    private int digits() {
        int from = at;
        while (at < to && text[at] >= '0' && text[at] <= '9') at++;
        return at - from;
    }

    private int blanks() {
        while (at < to && (text[at] == ' ' || text[at] == '\n' || text[at] == '\t' || text[at] == '\r')) at++;
        return at;
    }
}
