package edu.wfu.wfumig;

/**
 * What a set of rows contains, independent of their order: how many there are, and the sum of one checksum of 32 bits per
 * row. A digest can be had from the server in one statement and kept up to date row by row. How a row's checksum is computed
 * depends on what the server can compute as well. Not the checksums' exclusive-or beside their sum: a server would compute
 * every one a second time for it, and rows that come twice cancel out in it.
 *
 * <p>A single damaged row passes with a chance of 2^-32; it guards against accidents, not against forgers.
 */
public record RowDigest(long rows, long sum) {
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
}
