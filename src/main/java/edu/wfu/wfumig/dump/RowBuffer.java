package edu.wfu.wfumig.dump;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing byte array whose content can be used without copying it. For one thread. */
public final class RowBuffer {
    private static final int LARGE_STEP = 16 << 20;

    private byte[] bytes;
    private int size;

    public RowBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    public byte[] array() {
        return bytes;
    }

    public int size() {
        return size;
    }

    public void write(int value) {
        if (size == bytes.length) grow(1);
        bytes[size++] = (byte) value;
    }

    public void write(byte[] from) {
        write(from, 0, from.length);
    }

    public void write(byte[] from, int at, int length) {
        if (length > bytes.length - size) grow(length);
        System.arraycopy(from, at, bytes, size, length);
        size += length;
    }

    /** Twice as large, as long as that is little. */
    private void grow(int more) {
        long wanted = Math.max((long) size + more, bytes.length + (long) Math.min(bytes.length, LARGE_STEP));
        bytes = Arrays.copyOf(bytes, Math.toIntExact(wanted));
    }

    /** Replaces the last byte. */
    public void setLast(char with) {
        bytes[size - 1] = (byte) with;
    }

    /** Cuts to {@code length} bytes. */
    public void truncate(int length) {
        size = length;
    }

    /** The content as text, a char for each byte. */
    @Override
    public String toString() {
        return new String(bytes, 0, size, StandardCharsets.ISO_8859_1);
    }
}
