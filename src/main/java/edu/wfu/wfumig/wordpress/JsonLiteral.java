package edu.wfu.wfumig.wordpress;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A JSON string literal, decoded, that still knows where its escapes were, so that an edit of the decoded text becomes an
 * edit of the raw one and everything else keeps its spelling.
 *
 * <ol>
 *   <li>What stands between two escapes is copied as it is.
 *   <li>Behind each escape an anchor is set: a place in the decoded text and the same place in the raw one.
 *   <li>Any place is as far behind its anchor in one text as in the other. A place inside a decoded character has no
 *       counterpart and is never asked for: needles are whole characters.
 * </ol>
 */
final class JsonLiteral {
    private final byte[] decoded;
    private int length;
    private final int from;
    private int[] decodedAnchors = new int[16];
    private int[] rawAnchors = new int[16];
    private int anchors;
    private boolean slashesEscaped;

    private JsonLiteral(int from, int to) {
        this.decoded = new byte[to - from];
        this.from = from;
    }

    /** Decodes {@code [from, to)} between the quotes; null when an escape is not valid JSON. */
    static @Nullable JsonLiteral decode(byte[] raw, int from, int to) {
        var literal = new JsonLiteral(from, to);
        int copied = from;
        for (int at = from; at < to; ) {
            if (raw[at] != '\\') {
                at++;
                continue;
            }
            literal.copy(raw, copied, at);
            at = literal.escape(raw, at + 1, to);
            if (at < 0) return null;
            literal.anchor(at);
            copied = at;
        }
        literal.copy(raw, copied, to);
        return literal;
    }

    private void copy(byte[] raw, int start, int end) {
        System.arraycopy(raw, start, decoded, length, end - start);
        length += end - start;
    }

    private void anchor(int raw) {
        if (anchors == rawAnchors.length) {
            decodedAnchors = Arrays.copyOf(decodedAnchors, anchors * 2);
            rawAnchors = Arrays.copyOf(rawAnchors, anchors * 2);
        }
        decodedAnchors[anchors] = length;
        rawAnchors[anchors++] = raw;
    }

    /** Decodes the escape whose letter is at {@code at}; returns where it ends, -1 when it is none. */
    private int escape(byte[] raw, int at, int to) {
        if (at >= to) return -1;
        if (raw[at] == 'u') return unicode(raw, at + 1, to);
        int plain = "\"\\/bfnrt".indexOf(raw[at]);
        if (plain < 0) return -1;
        slashesEscaped |= raw[at] == '/';
        decoded[length++] = (byte) "\"\\/\b\f\n\r\t".charAt(plain);
        return at + 1;
    }

    private int unicode(byte[] raw, int at, int to) {
        int code = unit(raw, at, to);
        int end = at + 4;
        if (code >= 0xD800 && code < 0xDC00 && end + 1 < to && raw[end] == '\\' && raw[end + 1] == 'u') {
            int low = unit(raw, end + 2, to);
            if (low < 0xDC00 || low > 0xDFFF) return -1;
            code = Character.toCodePoint((char) code, (char) low);
            end += 6;
        }
        if (code < 0 || code >= 0xD800 && code <= 0xDFFF) return -1;
        for (byte part : Character.toString(code).getBytes(StandardCharsets.UTF_8)) decoded[length++] = part;
        return end;
    }

    byte[] decoded() {
        return decoded;
    }

    /** How many bytes of {@link #decoded} count. */
    int length() {
        return length;
    }

    /** Adds the edits of the decoded text to those of the raw text. */
    void translate(Edits inner, Edits outer) {
        for (var edit : inner.inOrder()) outer.add(raw(edit.from()), raw(edit.to()), encode(edit.with()));
    }

    private int raw(int at) {
        int found = Arrays.binarySearch(decodedAnchors, 0, anchors, at);
        int anchor = found >= 0 ? found : -found - 2;
        return anchor < 0 ? from + at : rawAnchors[anchor] + at - decodedAnchors[anchor];
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
