package edu.wfu.wfumig.dump;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Rows of PostgreSQL as {@code COPY} writes and reads them: values with tabs between them, {@code \N} for NULL, and a newline
 * behind the last. Backspace, tab, newline, vertical tab, form feed, carriage return and backslash are escaped by a backslash,
 * all else is as it is. Source: PostgreSQL manual, "COPY", "Text Format".
 */
public final class CopyRows implements RowFormat {
    /** What ends the rows of a chunk, and separates it from the next statement. */
    static final byte[] END = "\\.\n\n".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] NULL = {'\\', 'N'};
    private static final byte[] ESCAPE = new byte[256];

    static {
        ESCAPE['\b'] = 'b';
        ESCAPE['\t'] = 't';
        ESCAPE['\n'] = 'n';
        ESCAPE[0x0b] = 'v';
        ESCAPE['\f'] = 'f';
        ESCAPE['\r'] = 'r';
        ESCAPE['\\'] = '\\';
    }

    private final CopyChecksum checksum = new CopyChecksum();

    @Override
    public long append(RowBuffer out, byte[][] values) {
        for (int i = 0; i < values.length; i++) {
            if (i > 0) out.write('\t');
            if (values[i] == null) out.write(NULL);
            else escape(out, values[i]);
        }
        out.write('\n');
        return checksum.ofRow(values);
    }

    private static void escape(RowBuffer out, byte[] value) {
        int from = 0;
        for (int i = 0; i < value.length; i++) {
            byte escape = ESCAPE[value[i] & 0xff];
            if (escape == 0) continue;
            out.write(value, from, i - from);
            out.write('\\');
            out.write(escape);
            from = i + 1;
        }
        out.write(value, from, value.length - from);
    }

    @Override
    public long append(RowBuffer out, byte[] line) {
        out.write(line);
        return checksum.ofLine(line, 0, line.length - 1);
    }

    @Override
    public int parse(byte[] text, int from, byte[][] values) {
        int at = from;
        for (int i = 0; i < values.length; i++) {
            int end = at;
            int escapes = 0;
            for (; text[end] != '\t' && text[end] != '\n'; end++) {
                if (text[end] != '\\') continue;
                escapes++;
                end++;
            }
            boolean last = i == values.length - 1;
            if ((text[end] == '\n') != last) throw new IllegalStateException("a row of the dump has other columns");
            boolean isNull = escapes == 1 && end - at == NULL.length && text[at + 1] == 'N';
            values[i] = isNull ? null : unescape(text, at, end, escapes);
            at = end + 1;
        }
        return values.length == 0 ? from + 1 : at;
    }

    private static byte[] unescape(byte[] text, int from, int to, int escapes) {
        if (escapes == 0) return Arrays.copyOfRange(text, from, to);
        byte[] value = new byte[to - from - escapes];
        int write = 0;
        for (int i = from; i < to; i++) {
            value[write++] = text[i] == '\\' ? CopyChecksum.unescaped(text[++i]) : text[i];
        }
        return value;
    }

    @Override
    public long checksum(byte[][] values) {
        return checksum.ofRow(values);
    }

    @Override
    public boolean loadable() {
        return true;
    }

    @Override
    public int end(int length) {
        return length - END.length;
    }
}
