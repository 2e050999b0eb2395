package edu.wfu.wfumig.wordpress;

import java.nio.charset.StandardCharsets;

/** How a notation writes bytes that it cannot hold as they are. */
sealed interface Escapes {
    EitherByte BACKSLASH = new EitherByte('\\', '\\');

    /** Where the next escape begins at or behind {@code at}; {@code to} when there is none. */
    default int next(byte[] raw, int at, int to) {
        return BACKSLASH.in(raw, at, to);
    }

    /** How many bytes the escape at {@code at} takes; -1 when it is broken. */
    int length(byte[] raw, int at, int to);

    /** Writes what the escape at {@code at} stands for; returns how many bytes that is, 4 at most. */
    int decode(byte[] raw, int at, byte[] out, int place);

    /**
     * Whether {@code b} needs a backslash before it in a text where slashes have one, or have not.
     */
    boolean escaped(byte b, boolean slashes);

    /**
     * The escaped form of a text that needs one.
     *
     * @param letters whether letters beyond ASCII are escaped too, where the notation can
     */
    default byte[] encode(byte[] text, boolean slashes, boolean letters) {
        int more = 0;
        for (byte b : text) if (escaped(b, slashes)) more++;
        byte[] out = new byte[text.length + more];
        int place = 0;
        for (byte b : text) {
            if (escaped(b, slashes)) out[place++] = '\\';
            out[place++] = b;
        }
        return out;
    }

    /** A string of JSON. Source: RFC 8259, 7; like PHP, a surrogate without its other half is refused. */
    record Json() implements Escapes {
        @Override
        public int length(byte[] raw, int at, int to) {
            if (at + 1 >= to) return -1;
            if (raw[at + 1] != 'u') return "\"\\/bfnrt".indexOf(raw[at + 1]) < 0 ? -1 : 2;
            int code = unit(raw, at + 2, to);
            if (code < 0 || code >= 0xDC00 && code <= 0xDFFF) return -1;
            if (code < 0xD800 || code > 0xDFFF) return 6;
            if (at + 7 >= to || raw[at + 6] != '\\' || raw[at + 7] != 'u') return -1;
            int low = unit(raw, at + 8, to);
            return low >= 0xDC00 && low <= 0xDFFF ? 12 : -1;
        }

        @Override
        public int decode(byte[] raw, int at, byte[] out, int place) {
            if (raw[at + 1] != 'u') {
                out[place] = (byte) "\"\\/\b\f\n\r\t".charAt("\"\\/bfnrt".indexOf(raw[at + 1]));
                return 1;
            }
            int code = unit(raw, at + 2, raw.length);
            if (Character.isHighSurrogate((char) code)) {
                code = Character.toCodePoint((char) code, (char) unit(raw, at + 8, raw.length));
            }
            byte[] utf8 = Character.toString(code).getBytes(StandardCharsets.UTF_8);
            System.arraycopy(utf8, 0, out, place, utf8.length);
            return utf8.length;
        }

        @Override
        public boolean escaped(byte b, boolean slashes) {
            return b == '"' || b == '\\' || b == '/' && slashes;
        }

        @Override
        public byte[] encode(byte[] text, boolean slashes, boolean letters) {
            byte[] plain = Escapes.super.encode(text, slashes, letters);
            if (!letters) return plain;
            return Spellings.escaped(new String(plain, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        }

        private static int unit(byte[] raw, int at, int to) {
            if (at + 4 > to) return -1;
            int code = 0;
            for (int i = at; i < at + 4; i++) {
                int digit = Character.digit(raw[i], 16);
                if (digit < 0) return -1;
                code = code << 4 | digit;
            }
            return code;
        }
    }

    /** A string of PHP's serialization that was written with {@code S}: any byte may be a backslash and two digits. */
    record Php() implements Escapes {
        @Override
        public int length(byte[] raw, int at, int to) {
            return 3;
        }

        @Override
        public int decode(byte[] raw, int at, byte[] out, int place) {
            out[place] = (byte) (Character.digit(raw[at + 1], 16) << 4 | Character.digit(raw[at + 2], 16));
            return 1;
        }

        @Override
        public boolean escaped(byte b, boolean slashes) {
            return b == '\\';
        }

        @Override
        public byte[] encode(byte[] text, boolean slashes, boolean letters) {
            return new String(text, StandardCharsets.ISO_8859_1)
                    .replace("\\", "\\5c")
                    .getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    /** A string literal of SQL. Source: MySQL manual, "String Literals". */
    record Sql(EitherByte stop) implements Escapes {
        static final Sql SINGLE = new Sql(new EitherByte('\'', '\\'));
        static final Sql DOUBLE = new Sql(new EitherByte('"', '\\'));

        static Sql of(byte quote) {
            return quote == '"' ? DOUBLE : SINGLE;
        }

        @Override
        public int next(byte[] raw, int at, int to) {
            return stop.in(raw, at, to);
        }

        @Override
        public int length(byte[] raw, int at, int to) {
            return 2;
        }

        @Override
        public int decode(byte[] raw, int at, byte[] out, int place) {
            byte letter = raw[at + 1];
            if (raw[at] == '\\' && (letter == '%' || letter == '_')) { // kept for patterns, backslash and all
                out[place] = '\\';
                out[place + 1] = letter;
                return 2;
            }
            out[place] = raw[at] == '\\' ? unescaped(letter) : letter;
            return 1;
        }

        private static byte unescaped(byte letter) {
            return switch (letter) {
                case '0' -> 0;
                case 'b' -> '\b';
                case 'n' -> '\n';
                case 'r' -> '\r';
                case 't' -> '\t';
                case 'Z' -> 0x1a;
                default -> letter;
            };
        }

        @Override
        public boolean escaped(byte b, boolean slashes) {
            return b == '\'' || b == '"' || b == '\\';
        }
    }
}
