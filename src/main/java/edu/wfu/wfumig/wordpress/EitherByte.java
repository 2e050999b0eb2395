package edu.wfu.wfumig.wordpress;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds the first of two bytes, eight bytes at a time.
 *
 * <ol>
 *   <li>Eight bytes, exclusive-ored with the wanted one eight times over, have a zero where it stands.
 *   <li>{@code (x - 0x01…) & ~x & 0x80…} has its lowest bit set at the first zero byte of {@code x}.
 * </ol>
 *
 * Source: H. S. Warren, "Hacker's Delight", 6-1.
 */
final class EitherByte {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;

    private final byte one;
    private final byte other;
    private final long ones;
    private final long others;

    EitherByte(int one, int other) {
        this.one = (byte) one;
        this.other = (byte) other;
        ones = ONES * one;
        others = ONES * other;
    }

    /** The first place in {@code [from, to)} of either byte; {@code to} when there is none. */
    int in(byte[] text, int from, int to) {
        int at = from;
        for (; at + 8 <= to; at += 8) {
            long bytes = (long) LONG.get(text, at);
            long x = bytes ^ ones;
            long y = bytes ^ others;
            long found = ((x - ONES) & ~x | (y - ONES) & ~y) & HIGH;
            if (found != 0) return at + (Long.numberOfTrailingZeros(found) >> 3);
        }
        while (at < to && text[at] != one && text[at] != other) at++;
        return at;
    }
}
