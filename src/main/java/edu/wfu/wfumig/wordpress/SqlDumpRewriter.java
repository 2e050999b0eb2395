package edu.wfu.wfumig.wordpress;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites the string literals of an SQL dump while it streams by, such as mysqldump and mariadb-dump write them.
 *
 * <ol>
 *   <li>Outside of literals everything is copied: keywords, numbers, names in backticks, hex literals, comments.
 *   <li>A literal is a value: when it may concern a rule, its escapes are taken off, it is rewritten, and the edits are
 *       carried back into the escaped text, so that what did not change keeps its spelling.
 *   <li>Literals marked {@code _binary} or {@code x'…'} stay as they are.
 * </ol>
 *
 * Holds the largest literal in memory, not more. Source: MySQL manual, "String Literals".
 */
public final class SqlDumpRewriter {
    /** Bytes before a literal in which a mark such as {@code _binary} may stand. */
    private static final int LOOK_BEHIND = 16;

    private final Rewriter rewriter;
    private byte[] buffer;
    private int size;
    private boolean ended;

    /** Where in the buffer, behind the last literal, a rule might concern something. */
    private int candidate;

    private long changed;

    /** A rewriter for one dump; may be used again after it. */
    public SqlDumpRewriter(Rewriter rewriter) {
        this(rewriter, 1 << 20);
    }

    /**
     * @param bufferBytes of the dump to hold at least
     */
    SqlDumpRewriter(Rewriter rewriter, int bufferBytes) {
        this.rewriter = rewriter;
        this.buffer = new byte[bufferBytes];
    }

    /** How many literals were changed so far. */
    public long changed() {
        return changed;
    }

    public void rewrite(InputStream in, OutputStream out) throws IOException {
        ended = false;
        fill(in, 0);
        int copied = 0;
        int at = 0;
        while (at < size || !ended) {
            int end = at < size ? tokenEnd(at) : -1;
            if (end < 0 && !ended) {
                out.write(buffer, copied, at - copied);
                int kept = Math.min(at, LOOK_BEHIND);
                fill(in, at - kept);
                at = kept;
                copied = kept;
                continue;
            }
            if (end < 0) break; // the file ends inside a literal or a comment: copied as it is
            if ((buffer[at] == '\'' || buffer[at] == '"') && !binary(at)) {
                var edits = rewritten(at, end);
                if (edits != null) {
                    out.write(buffer, copied, at - copied);
                    edits.write(buffer, at, end, out);
                    copied = end;
                    changed++;
                }
            }
            at = end;
        }
        out.write(buffer, copied, size - copied);
        size = 0;
    }

    /** Where the token that begins at {@code at} ends; -1 when the buffer ends first. */
    private int tokenEnd(int at) {
        byte first = buffer[at];
        if (first == '\'' || first == '"') return literalEnd(at, first);
        if (first == '`') return find('`', at + 1);
        if (first == '#') return find('\n', at + 1);
        if (first == '-' || first == '/') {
            if (at + 2 >= size && !ended) return -1;
            boolean line = first == '-' && at + 2 < size && buffer[at + 1] == '-' && buffer[at + 2] <= ' ';
            if (line) return find('\n', at + 2);
            // A comment with an exclamation mark is SQL for those who understand it.
            boolean block = first == '/' && at + 2 < size && buffer[at + 1] == '*' && buffer[at + 2] != '!';
            if (block) return blockEnd(at + 2);
            return at + 1;
        }
        int end = at + 1;
        while (end < size && !special(buffer[end])) end++;
        return end;
    }

    private static boolean special(byte b) {
        return b == '\'' || b == '"' || b == '`' || b == '#' || b == '-' || b == '/';
    }

    private int literalEnd(int at, byte quote) {
        var escapes = Escapes.Sql.of(quote);
        for (int i = escapes.next(buffer, at + 1, size); i < size; i = escapes.next(buffer, i + 2, size)) {
            if (buffer[i] == '\\') continue;
            if (i + 1 >= size && !ended) return -1;
            if (i + 1 >= size || buffer[i + 1] != quote) return i + 1;
        }
        return -1;
    }

    private int find(char wanted, int from) {
        for (int i = from; i < size; i++) if (buffer[i] == wanted) return i + 1;
        return -1;
    }

    private int blockEnd(int from) {
        for (int i = from; i + 1 < size; i++) if (buffer[i] == '*' && buffer[i + 1] == '/') return i + 2;
        return -1;
    }

    /** Whether the literal at {@code at} is marked as bytes. */
    private boolean binary(int at) {
        int before = at;
        if (before > 0 && (buffer[before - 1] == 'x' || buffer[before - 1] == 'X')) {
            return before == 1 || !Character.isLetterOrDigit(buffer[before - 2]);
        }
        while (before > 0 && buffer[before - 1] == ' ') before--;
        byte[] mark = {'_', 'b', 'i', 'n', 'a', 'r', 'y'};
        return before >= mark.length && Arrays.equals(buffer, before - mark.length, before, mark, 0, mark.length);
    }

    /** What is to be replaced in the literal; null when nothing is. */
    private @Nullable Edits rewritten(int from, int to) {
        if (candidate < from) candidate = rewriter.candidate(buffer, from, size);
        if (candidate < 0) candidate = size;
        if (candidate >= to) return null;
        var literal = new Unescaped(buffer, from + 1, to - 1, Escapes.Sql.of(buffer[from]));
        var inner = new Edits();
        rewriter.edit(literal.bytes(), 0, literal.length(), 0, inner);
        if (inner.isEmpty()) return null;
        var outer = new Edits();
        literal.translate(inner, outer);
        return outer;
    }

    /** Moves what begins at {@code from} to the front, and reads on behind it; a full buffer is doubled first. */
    private void fill(InputStream in, int from) throws IOException {
        candidate = -1;
        size -= from;
        System.arraycopy(buffer, from, buffer, 0, size);
        if (size == buffer.length) buffer = Arrays.copyOf(buffer, buffer.length * 2);
        while (size < buffer.length) {
            int read = in.read(buffer, size, buffer.length - size);
            if (read < 0) {
                ended = true;
                return;
            }
            size += read;
        }
    }
}
