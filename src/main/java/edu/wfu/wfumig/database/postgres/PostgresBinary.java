package edu.wfu.wfumig.database.postgres;

/**
 * What stands around rows in the binary format of {@code COPY}. Source: PostgreSQL manual, "COPY", "Binary Format".
 */
final class PostgresBinary {
    /** Rows begin with a signature, no flags, and no extension. */
    static final int HEADER_LENGTH = 19;

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final byte END = (byte) 0xff;

    private PostgresBinary() {}

    static byte[] header() {
        byte[] header = new byte[HEADER_LENGTH];
        System.arraycopy(SIGNATURE, 0, header, 0, SIGNATURE.length);
        return header;
    }

    /** A row of -1 fields. */
    static byte[] trailer() {
        return new byte[] {END, END};
    }

    /** Whether a row is the trailer. */
    static boolean ends(byte[] row) {
        return row.length == 2 && row[0] == END && row[1] == END;
    }
}
