package edu.wfu.wfumig.dump;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The bytes of a stream one after the other, with those ahead of them, and the line that they are in. */
final class LookAhead {
    /** Behind the end. */
    static final int NOTHING = -1;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;
    private long line = 1;

    LookAhead(InputStream in) {
        this.in = in;
    }

    /** From 1. */
    long line() {
        return line;
    }

    int take() throws IOException {
        int c = peek();
        if (c == NOTHING) return NOTHING;
        at++;
        if (c == '\n') line++;
        return c;
    }

    int peek() throws IOException {
        return at < end ? buffer[at] & 0xff : ahead(0);
    }

    boolean isAhead(byte[] bytes) throws IOException {
        for (int i = 0; i < bytes.length; i++) if (ahead(i) != (bytes[i] & 0xff)) return false;
        return true;
    }

    /** The byte so many places ahead; {@value #NOTHING} behind the end, or where nobody looks so far. */
    int ahead(int places) throws IOException {
        if (at + places < end) return buffer[at + places] & 0xff;
        if (places >= buffer.length / 2) return NOTHING;
        System.arraycopy(buffer, at, buffer, 0, end - at);
        end -= at;
        at = 0;
        while (end <= places) {
            int read = in.read(buffer, end, buffer.length - end);
            if (read < 0) return NOTHING;
            end += read;
        }
        return buffer[places] & 0xff;
    }

    /** Bytes that were looked at; they are still ahead. */
    byte[] next(int count) {
        return Arrays.copyOfRange(buffer, at, at + count);
    }

    /** Passes over bytes that were looked at, none of them a newline. */
    void skip(int count) {
        at += count;
    }

    /** Takes what is at hand up to one of two bytes, or a newline; false, and nothing is taken, when it is more than {@code most}. */
    boolean copyUntil(int one, int other, RowBuffer into, int most) {
        int to = at;
        while (to < end && buffer[to] != one && buffer[to] != other && buffer[to] != '\n') to++;
        if (to - at > most) return false;
        into.write(buffer, at, to - at);
        at = to;
        return true;
    }
}
