package edu.wfu.wfumig.wordpress;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/** Rewrites a text whose every line is a value, while it streams by. Holds the longest line in memory, not more. */
public final class LineRewriter {
    private final Rewriter rewriter;
    private byte[] buffer;

    public LineRewriter(Rewriter rewriter) {
        this(rewriter, 1 << 20);
    }

    /**
     * @param bufferBytes of the text to hold at least
     */
    LineRewriter(Rewriter rewriter, int bufferBytes) {
        this.rewriter = rewriter;
        buffer = new byte[bufferBytes];
    }

    public void rewrite(InputStream in, OutputStream out) throws IOException {
        int size = 0;
        boolean ended = false;
        while (!ended) {
            int read = in.readNBytes(buffer, size, buffer.length - size);
            size += read;
            ended = size < buffer.length;
            int whole = size;
            while (!ended && whole > 0 && buffer[whole - 1] != '\n') whole--;
            lines(whole, out);
            size -= whole;
            System.arraycopy(buffer, whole, buffer, 0, size);
            if (size == buffer.length) buffer = Arrays.copyOf(buffer, size * 2);
        }
    }

    private void lines(int to, OutputStream out) throws IOException {
        int written = 0;
        int found = rewriter.candidate(buffer, 0, to);
        while (found >= 0) {
            int start = found;
            while (start > written && buffer[start - 1] != '\n') start--;
            int end = found;
            while (end < to && buffer[end] != '\n') end++;
            out.write(buffer, written, start - written);
            var edits = new Edits();
            rewriter.edit(buffer, start, end, 0, edits);
            edits.write(buffer, start, end, out);
            written = end;
            found = rewriter.candidate(buffer, Math.min(end + 1, to), to);
        }
        out.write(buffer, written, to - written);
    }
}
