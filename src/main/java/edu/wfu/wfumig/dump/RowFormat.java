package edu.wfu.wfumig.dump;

/**
 * The bytes of rows in the dump of a product. A row is a line, whatever its values hold, so that rows are found by looking for
 * newlines. For one thread.
 */
public interface RowFormat {
    /** Appends a row with what ends it; returns its checksum. NULL values are null. */
    long append(RowBuffer out, byte[][] values);

    /** Appends a row that is a line of this form already, with what ends it; returns its checksum. */
    long append(RowBuffer out, byte[] line);

    /**
     * Reads the row that begins at {@code from}.
     *
     * @param values gets the row's values, of columns that were null before; NULL is null
     * @return the place behind what ends the row
     */
    int parse(byte[] text, int from, byte[][] values);

    /** The checksum of a row, as the server computes it; NULL values are null. */
    long checksum(byte[][] values);

    /** Whether the server's bulk path understands the rows; otherwise they are for {@code INSERT} alone. */
    boolean loadable();

    /** Where the rows end in a chunk of so many bytes. */
    int end(int length);
}
