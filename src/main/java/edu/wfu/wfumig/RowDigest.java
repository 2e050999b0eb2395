package edu.wfu.wfumig;

import java.util.zip.CRC32;

/**
 * What a set of rows contains, independent of their order: how many there are, and the sum of one checksum per
 * row. A digest can be had from the server in one statement and kept up to date row by row.
 *
 * <ol>
 *   <li>Each value: CRC-32 of its bytes in decimal, {@code N} for NULL.
 *   <li>Each row: CRC-32 of its values' texts, joined by commas.
 *   <li>The set: number of rows, sum of the rows' checksums. Not their exclusive-or as well: a server would compute every
 *       checksum a second time for it, and rows that come twice cancel out in it.
 * </ol>
 *
 * A single damaged row passes with a chance of 2^-32; it guards against accidents, not against forgers.
 */
public record RowDigest(long rows, long sum) {
    /** 2^35 / 10, rounded up: a multiplication instead of a division, exact for 32 bits. */
    private static final long TENTH = 0xCCCCCCCDL;

    public static final RowDigest EMPTY = new RowDigest(0, 0);

    public RowDigest plus(RowDigest other) {
        return new RowDigest(rows + other.rows, sum + other.sum);
    }

    /** Adds one row. */
    public RowDigest with(long row) {
        return new RowDigest(rows + 1, sum + row);
    }

    /** Takes one row away that was added before. */
    public RowDigest without(long row) {
        return new RowDigest(rows - 1, sum - row);
    }

    /** The checksum of one row; NULL values are null. */
    public static long ofRow(byte[][] values) {
        var value = new CRC32();
        var row = new CRC32();
        byte[] decimal = new byte[11];
        for (int i = 0; i < values.length; i++) {
            byte[] bytes = values[i];
            int from = decimal.length;
            if (bytes == null) {
                decimal[--from] = 'N';
            } else {
                value.reset();
                value.update(bytes, 0, bytes.length);
                long rest = value.getValue();
                do {
                    long tenth = rest * TENTH >>> 35;
                    decimal[--from] = (byte) ('0' + (rest - tenth * 10));
                    rest = tenth;
                } while (rest > 0);
            }
            if (i > 0) decimal[--from] = ',';
            row.update(decimal, from, decimal.length - from);
        }
        return row.getValue();
    }
}
