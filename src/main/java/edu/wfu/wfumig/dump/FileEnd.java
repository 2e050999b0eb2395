package edu.wfu.wfumig.dump;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Remembers the last bytes of a file that is read: with them the programs that make dumps say that theirs is whole. */
public final class FileEnd extends FilterInputStream {
    /**
     * What mysqldump and mariadb-dump, and pg_dump, end with: a line of its own, behind which nothing stands but comments and
     * psql's commands. Elsewhere it may be a part of somebody's text.
     */
    private static final Pattern MARK =
            Pattern.compile("(?:^|\\n)-- (?:Dump completed|PostgreSQL database dump complete)\\b[^\\n]*"
                    + "(?:\\n(?:--[^\\n]*|\\\\[a-z][^\\n]*|[ \\t\\r]*))*+$");

    private static final int KEPT = 4096;

    private byte[] kept = new byte[0];
    private long length;

    public FileEnd(InputStream in) {
        super(in);
    }

    /** Whether what was read ends with such a mark. */
    public boolean marked() {
        return MARK.matcher(new String(kept, StandardCharsets.ISO_8859_1)).find();
    }

    /** How many bytes were read. */
    public long length() {
        return length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int from, int most) throws IOException {
        int read = super.read(to, from, most);
        if (read <= 0) return read;
        length += read;
        int stay = Math.min(kept.length, Math.max(0, KEPT - read));
        int fresh = Math.min(read, KEPT);
        byte[] next = new byte[stay + fresh];
        System.arraycopy(kept, kept.length - stay, next, 0, stay);
        System.arraycopy(to, from + read - fresh, next, stay, fresh);
        kept = next;
        return read;
    }
}
