package edu.wfu.wfumig.schema;

import edu.wfu.wfumig.Digest;

/** The identity of an SQL file: SHA-256 of its text, whatever ends its lines and whether a byte order mark begins it. */
public final class Checksum {
    private Checksum() {}

    /** The text that counts: an editor or Git on another system may have changed the rest. */
    public static String plain(String text) {
        String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return unmarked.replace("\r\n", "\n").replace('\r', '\n');
    }

    public static String of(String text) {
        return Digest.of(plain(text));
    }
}
