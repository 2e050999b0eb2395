package edu.wfu.wfumig.wordpress;

/**
 * A string literal without its escapes, whose edits can be carried back into the raw text, so that all else keeps its
 * spelling.
 *
 * <ol>
 *   <li>What stands between two escapes is copied as it is.
 *   <li>Edits come in the order of their places: one more walk over the raw text finds where each begins and ends. A
 *       place inside a decoded character has no counterpart and is never asked for: needles are whole characters.
 * </ol>
 */
final class Unescaped {
    private final byte[] raw;
    private final int to;
    private final Escapes escapes;
    private final byte[] bytes;
    private int length;

    /** Whether slashes, and letters beyond ASCII, are escaped in this literal: what is put in follows suit. */
    private boolean slashes;

    private boolean letters;

    /** Up to here edits were carried back: the place in the raw text, in the decoded one, and the raw one's next escape. */
    private int rawAt;

    private int at;
    private int escape;

    /** Decodes {@code [from, to)} between the quotes; its escapes are known to be whole. */
    Unescaped(byte[] raw, int from, int to, Escapes escapes) {
        this.raw = raw;
        this.to = to;
        this.escapes = escapes;
        bytes = new byte[to - from];
        rawAt = from;
        escape = escapes.next(raw, from, to);
        int next = escape;
        for (int copied = from; ; next = escapes.next(raw, copied, to)) {
            System.arraycopy(raw, copied, bytes, length, next - copied);
            length += next - copied;
            if (next == to) break;
            slashes |= raw[next + 1] == '/';
            int decoded = escapes.decode(raw, next, bytes, length);
            letters |= decoded > 1;
            length += decoded;
            copied = next + escapes.length(raw, next, to);
        }
        // PHP escapes two line separators of Unicode even where it leaves letters as they are.
        for (int i = from; letters && i < to; i++) if (raw[i] < 0) letters = false;
    }

    byte[] bytes() {
        return bytes;
    }

    /** How many of {@link #bytes} count. */
    int length() {
        return length;
    }

    /** Adds the edits of the decoded text to those of the raw text. May be called once. */
    void translate(Edits inner, Edits outer) {
        inner.each((from, end, with) -> {
            int start = rawPlace(from);
            outer.add(start, rawPlace(end), encode(with));
        });
    }

    private int rawPlace(int place) {
        byte[] decoded = new byte[4];
        while (place - at > escape - rawAt) {
            at += escape - rawAt + escapes.decode(raw, escape, decoded, 0);
            rawAt = escape + escapes.length(raw, escape, to);
            escape = escapes.next(raw, rawAt, to);
        }
        rawAt += place - at;
        at = place;
        return rawAt;
    }

    private byte[] encode(byte[] text) {
        for (byte b : text) {
            if (escapes.escaped(b, slashes) || letters && b < 0) return escapes.encode(text, slashes, letters);
        }
        return text;
    }
}
