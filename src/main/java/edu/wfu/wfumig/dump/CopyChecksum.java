package edu.wfu.wfumig.dump;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The checksum of a row as PostgreSQL can compute it too, from a line of {@code COPY … TO STDOUT}.
 *
 * <ol>
 *   <li>The row's text: its values as they are, joined by tabs; {@code \N} for NULL. That is the line itself, unless
 *       something in it is escaped. To escape values again would cost a server more than all the rest.
 *   <li>The text's hash: 32 bits of {@code hashtextextended(text, 0)}, the server's own function for hash partitions, which
 *       is the same in all of its versions.
 *   <li>The number of NULLs is added, so that a NULL is not taken for a text {@code \N}.
 * </ol>
 *
 * Source: PostgreSQL manual, "COPY", "Text Format"; Bob Jenkins, "lookup3", 2006, with PostgreSQL's own beginning and end.
 * For one thread; allocates nothing.
 */
public final class CopyChecksum {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;
    private static final long UNSIGNED = 0xFFFFFFFFL;
    private static final byte[] NULL = {'\\', 'N'};
    private static final byte[] TAB = {'\t'};

    /** So many bytes are mixed at once. */
    private static final int BLOCK = 12;

    private static final int SEED = 0x9e3779b9 + 3923095;

    /** Text that is not contiguous, some blocks of it. */
    private final byte[] blocks = new byte[512 * BLOCK];

    private int pending;
    private int a;
    private int b;
    private int c;

    /**
     * The checksum of the row in {@code [from, to)}.
     *
     * @param to behind the row's last byte, where its newline is
     */
    public long ofLine(byte[] line, int from, int to) {
        long nulls = 0;
        int escape = backslash(line, from, to);
        while (escape < to && line[escape + 1] == 'N') {
            nulls++;
            escape = backslash(line, escape + 2, to);
        }
        if (escape >= to) {
            begin(to - from);
            return end(line, from, to) + nulls;
        }
        return nulls + ofEscaped(line, from, to, escape);
    }

    /**
     * The same without escapes.
     *
     * @param first the first backslash that does not make a NULL
     */
    private long ofEscaped(byte[] line, int from, int to, int first) {
        int escapes = 0;
        long nulls = 0;
        for (int i = first; i < to; i = backslash(line, i + 2, to)) {
            if (line[i + 1] == 'N') nulls++;
            else escapes++;
        }
        begin(to - from - escapes);
        int run = from;
        for (int i = first; i < to; i = backslash(line, i + 2, to)) {
            if (line[i + 1] == 'N') continue;
            add(line, run, i);
            add(unescaped(line[i + 1]));
            run = i + 2;
        }
        add(line, run, to);
        return end(blocks, 0, pending) + nulls;
    }

    /** The checksum of a row by its values, as they are; NULL is null. */
    public long ofRow(byte[][] values) {
        int length = Math.max(0, values.length - 1);
        long nulls = 0;
        for (byte[] value : values) {
            if (value == null) nulls++;
            length += value == null ? NULL.length : value.length;
        }
        begin(length);
        for (int i = 0; i < values.length; i++) {
            if (i > 0) add(TAB, 0, 1);
            byte[] value = values[i] == null ? NULL : values[i];
            add(value, 0, value.length);
        }
        return end(blocks, 0, pending) + nulls;
    }

    /** The hash alone, of a text. */
    long hash(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        begin(bytes.length);
        return end(bytes, 0, bytes.length);
    }

    /** What stands for the byte behind a backslash. */
    static byte unescaped(byte escaped) {
        return switch (escaped) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0b;
            default -> escaped;
        };
    }

    /** The first backslash from {@code at} on, eight bytes at a time; {@code to} or more when there is none. */
    private static int backslash(byte[] line, int at, int to) {
        int i = at;
        for (; i + 8 <= to; i += 8) {
            long other = (long) LONG.get(line, i) ^ ONES * '\\';
            long found = (other - ONES) & ~other & HIGH;
            if (found != 0) return i + (Long.numberOfTrailingZeros(found) >> 3);
        }
        while (i < to && line[i] != '\\') i++;
        return i;
    }

    private void begin(int length) {
        a = b = c = SEED + length;
        pending = 0;
    }

    private void add(byte value) {
        if (pending == blocks.length) flush();
        blocks[pending++] = value;
    }

    private void add(byte[] bytes, int from, int to) {
        for (int at = from; at < to; ) {
            if (pending == blocks.length) flush();
            int length = Math.min(to - at, blocks.length - pending);
            System.arraycopy(bytes, at, blocks, pending, length);
            pending += length;
            at += length;
        }
    }

    private void flush() {
        mix(blocks, 0, pending);
        pending = 0;
    }

    /** Mixes whole blocks; returns the place behind them. */
    private int mix(byte[] bytes, int from, int to) {
        int a = this.a;
        int b = this.b;
        int c = this.c;
        int at = from;
        for (; to - at >= BLOCK; at += BLOCK) {
            a += (int) INT.get(bytes, at);
            b += (int) INT.get(bytes, at + 4);
            c += (int) INT.get(bytes, at + 8);
            a = a - c ^ Integer.rotateLeft(c, 4);
            c += b;
            b = b - a ^ Integer.rotateLeft(a, 6);
            a += c;
            c = c - b ^ Integer.rotateLeft(b, 8);
            b += a;
            a = a - c ^ Integer.rotateLeft(c, 16);
            c += b;
            b = b - a ^ Integer.rotateLeft(a, 19);
            a += c;
            c = c - b ^ Integer.rotateLeft(b, 4);
            b += a;
        }
        this.a = a;
        this.b = b;
        this.c = c;
        return at;
    }

    /** Mixes what is left and gives the hash. The lowest byte of the last word is the length's. */
    private long end(byte[] bytes, int from, int to) {
        int at = mix(bytes, from, to);
        int rest = to - at;
        a += word(bytes, at, Math.min(rest, 4));
        b += word(bytes, at + 4, Math.min(rest - 4, 4));
        c += word(bytes, at + 8, rest - 8) << 8;
        c = (c ^ b) - Integer.rotateLeft(b, 14);
        a = (a ^ c) - Integer.rotateLeft(c, 11);
        b = (b ^ a) - Integer.rotateLeft(a, 25);
        c = (c ^ b) - Integer.rotateLeft(b, 16);
        a = (a ^ c) - Integer.rotateLeft(c, 4);
        b = (b ^ a) - Integer.rotateLeft(a, 14);
        c = (c ^ b) - Integer.rotateLeft(b, 24);
        return c & UNSIGNED;
    }

    private static int word(byte[] bytes, int at, int length) {
        int word = 0;
        for (int i = 0; i < length; i++) word |= (bytes[at + i] & 0xff) << 8 * i;
        return word;
    }
}
