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
    private final Rewriter rewriter;
    private byte[] buffer = new byte[1 << 20];
    private int size;
    private boolean ended;
    private long changed;

    /** A rewriter for one dump; may be used again after it. */
    public SqlDumpRewriter(Rewriter rewriter) {
        this.rewriter = rewriter;
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
        while (at < size) {
            int end = tokenEnd(at);
            if (end < 0 && !ended) {
                out.write(buffer, copied, at - copied);
                fill(in, at);
                at = 0;
                copied = 0;
                continue;
            }
            if (end < 0) break; // the file ends inside a literal or a comment: copied as it is
            if ((buffer[at] == '\'' || buffer[at] == '"') && !binary(at, copied)) {
                byte[] literal = rewritten(at, end);
                if (literal != null) {
                    out.write(buffer, copied, at - copied);
                    out.write(literal);
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
        for (int i = at + 1; i < size; i++) {
            if (buffer[i] == '\\') {
                i++;
            } else if (buffer[i] == quote) {
                if (i + 1 >= size && !ended) return -1;
                if (i + 1 < size && buffer[i + 1] == quote) i++;
                else return i + 1;
            }
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
    private boolean binary(int at, int from) {
        int before = at;
        if (before > from && (buffer[before - 1] == 'x' || buffer[before - 1] == 'X')) {
            return before - 1 == from || !Character.isLetterOrDigit(buffer[before - 2]);
        }
        while (before > from && buffer[before - 1] == ' ') before--;
        byte[] mark = {'_', 'b', 'i', 'n', 'a', 'r', 'y'};
        return before - from >= mark.length
                && Arrays.equals(buffer, before - mark.length, before, mark, 0, mark.length);
    }

    /** The literal with its quotes, rewritten; null when nothing changes. */
    private byte @Nullable [] rewritten(int from, int to) {
        if (rewriter.candidate(buffer, from + 1, to - 1) < 0) return null;
        byte[] value = new byte[to - from];
        int[] escapes = new int[16]; // where in the value an escape was taken off
        int taken = 0;
        int length = 0;
        int copied = from + 1;
        for (int i = from + 1; i < to - 1; i++) {
            if (buffer[i] != '\\' && buffer[i] != buffer[from]) continue;
            System.arraycopy(buffer, copied, value, length, i - copied);
            length += i - copied;
            if (taken == escapes.length) escapes = Arrays.copyOf(escapes, taken * 2);
            escapes[taken++] = length;
            value[length++] = buffer[i] == '\\' ? unescaped(buffer[i + 1]) : buffer[i];
            copied = ++i + 1;
        }
        System.arraycopy(buffer, copied, value, length, to - 1 - copied);
        length += to - 1 - copied;
        var inner = new Edits();
        rewriter.edit(value, 0, length, inner);
        if (inner.isEmpty()) return null;
        var outer = new Edits();
        for (var edit : inner.inOrder()) {
            outer.add(raw(edit.from(), escapes, taken), raw(edit.to(), escapes, taken), escaped(edit.with()));
        }
        return outer.applyTo(Arrays.copyOfRange(buffer, from, to));
    }

    /** Where a place of the value is in the literal: one further for its quote and for each escape before it. */
    private static int raw(int at, int[] escapes, int taken) {
        int before = Arrays.binarySearch(escapes, 0, taken, at);
        return at + 1 + (before >= 0 ? before : -before - 1);
    }

    private static byte unescaped(byte letter) {
        return switch (letter) {
            case '0' -> 0;
            case 'b' -> '\b';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'Z' -> 0x1a;
            default -> letter;
        };
    }

    /** What a rule puts in is an address: only quotes and backslashes could need an escape. */
    private static byte[] escaped(byte[] text) {
        byte[] out = new byte[text.length * 2];
        int length = 0;
        for (byte b : text) {
            if (b == '\'' || b == '"' || b == '\\') out[length++] = '\\';
            out[length++] = b;
        }
        return Arrays.copyOf(out, length);
    }

    /** Moves what begins at {@code from} to the front, and reads on behind it; a full buffer is doubled first. */
    private void fill(InputStream in, int from) throws IOException {
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
