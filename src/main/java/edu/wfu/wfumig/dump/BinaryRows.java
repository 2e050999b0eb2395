package edu.wfu.wfumig.dump;

/**
 * Rows as one server of PostgreSQL hands them to another in the binary format of {@code COPY}: each the number of its fields and
 * the bytes of each. They are passed on and nothing else: no text, no checksum, nobody's to keep. What stands before and behind
 * them is whoever's that loads them. Source: PostgreSQL manual, "COPY", "Binary Format".
 */
public final class BinaryRows implements RowFormat {
    @Override
    public long append(RowBuffer out, byte[] line) {
        out.write(line);
        return 0;
    }

    @Override
    public int end(int length) {
        return length;
    }

    @Override
    public boolean loadable() {
        return true;
    }

    @Override
    public long append(RowBuffer out, byte[][] values) {
        throw notTakenApart();
    }

    @Override
    public int parse(byte[] text, int from, byte[][] values) {
        throw notTakenApart();
    }

    @Override
    public long checksum(byte[][] values) {
        throw notTakenApart();
    }

    private static IllegalStateException notTakenApart() {
        return new IllegalStateException("rows in binary form are not taken apart");
    }
}
