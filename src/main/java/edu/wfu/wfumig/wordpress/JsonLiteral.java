package edu.wfu.wfumig.wordpress;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A JSON string literal, decoded, with the place in the raw text from which each decoded byte came, so that an edit of
 * the decoded text becomes an edit of the raw one and everything else keeps its spelling.
 */
final class JsonLiteral {
    final byte[] decoded;
    private final int[] rawAt;
    private final boolean slashesEscaped;

    private JsonLiteral(byte[] decoded, int[] rawAt, boolean slashesEscaped) {
        this.decoded = decoded;
        this.rawAt = rawAt;
        this.slashesEscaped = slashesEscaped;
    }

    /** Decodes {@code [from, to)} between the quotes; null when an escape is not valid JSON. */
    static @Nullable JsonLiteral decode(byte[] raw, int from, int to) {
        byte[] decoded = new byte[to - from];
        int[] rawAt = new int[to - from + 1];
        int length = 0;
        boolean slashes = false;
        int at = from;
        while (at < to) {
            int start = at;
            byte b = raw[at++];
            if (b != '\\') {
                rawAt[length] = start;
                decoded[length++] = b;
                continue;
            }
            if (at >= to) return null;
            byte escape = raw[at++];
            if (escape == 'u') {
                int code = unit(raw, at, to);
                at += 4;
                if (code >= 0xD800 && code < 0xDC00 && at + 1 < to && raw[at] == '\\' && raw[at + 1] == 'u') {
                    int low = unit(raw, at + 2, to);
                    if (low < 0xDC00 || low > 0xDFFF) return null;
                    code = Character.toCodePoint((char) code, (char) low);
                    at += 6;
                }
                if (code < 0 || code >= 0xD800 && code <= 0xDFFF) return null;
                for (byte part : Character.toString(code).getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
                    rawAt[length] = start;
                    decoded[length++] = part;
                }
                continue;
            }
            int plain = "\"\\/bfnrt".indexOf(escape);
            if (plain < 0) return null;
            slashes |= escape == '/';
            rawAt[length] = start;
            decoded[length++] = (byte) "\"\\/\b\f\n\r\t".charAt(plain);
        }
        rawAt[length] = to;
        return new JsonLiteral(Arrays.copyOf(decoded, length), rawAt, slashes);
    }

    /** Adds the edits of the decoded text to those of the raw text. */
    void translate(Edits inner, Edits outer) {
        for (var edit : inner.inOrder()) outer.add(rawAt[edit.from()], rawAt[edit.to()], encode(edit.with()));
    }

    private byte[] encode(byte[] text) {
        var out = new ByteArrayOutputStream(text.length + 8);
        for (byte b : text) {
            if (b == '"' || b == '\\' || b == '/' && slashesEscaped) out.write('\\');
            out.write(b);
        }
        return out.toByteArray();
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
