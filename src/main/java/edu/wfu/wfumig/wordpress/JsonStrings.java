package edu.wfu.wfumig.wordpress;

/**
 * Finds the string literals of a JSON document without building it.
 *
 * <ol>
 *   <li>Walks the whole range; a document that is not valid JSON (RFC 8259) has no strings here and is plain text.
 *   <li>Shows each literal, keys included, as the range between its quotes.
 * </ol>
 */
final class JsonStrings {
    interface Visitor {
        /**
         * @param key whether the literal names a member of an object
         */
        void literal(int from, int to, boolean key);
    }

    private static final int MAX_DEPTH = 2048;

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

    /** Whether the range is a JSON document; its literals were shown in order as far as it was valid. */
    static boolean visit(byte[] text, int from, int to, Visitor visitor) {
        var reader = new JsonStrings(text, from, to, visitor);
        return reader.value(0) && reader.blanks() == to;
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
            at += b == '\\' ? 2 : 1;
        }
        return false;
    }

    private boolean scalar() {
        int from = at;
        while (at < to && ",]} \t\r\n".indexOf(text[at]) < 0) at++;
        String word = new String(text, from, Math.min(at - from, 64), java.nio.charset.StandardCharsets.ISO_8859_1);
        return switch (word) {
            case "true", "false", "null" -> true;
            default -> at - from <= 64 && word.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");
        };
    }

    private int blanks() {
        while (at < to && (text[at] == ' ' || text[at] == '\n' || text[at] == '\t' || text[at] == '\r')) at++;
        return at;
    }
}
