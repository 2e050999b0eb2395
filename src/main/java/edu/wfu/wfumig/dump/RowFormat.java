package edu.wfu.wfumig.dump;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * The bytes of a row: {@code (1,'text',NULL)}, valid in {@code INSERT … VALUES} and for {@code LOAD DATA … FIELDS
 * TERMINATED BY ',' OPTIONALLY ENCLOSED BY '\'' LINES STARTING BY '(' TERMINATED BY '),\n'}.
 *
 * <p>NUL, newline, carriage return, Ctrl-Z, backslash and single quote are escaped by a backslash, all else is as it
 * was; so a line of a chunk is a row, and rows are found by looking for newlines.
 */
public final class RowFormat {
    private static final byte[] NULL = "NULL".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] INTRODUCER = "_utf8mb4".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ESCAPE = new byte[256];

    static {
        ESCAPE[0] = '0';
        ESCAPE['\n'] = 'n';
        ESCAPE['\r'] = 'r';
        ESCAPE[0x1a] = 'Z';
        ESCAPE['\\'] = '\\';
        ESCAPE['\''] = '\'';
    }

    private enum Spelling {
        BARE,
        QUOTED,
        /** MySQL's JSON and MariaDB's INET and UUID take text, but no binary string. */
        TEXT
    }

    private final Spelling[] spelling;

    public RowFormat(List<Manifest.ColumnPart> columns, boolean mariadb) {
        spelling = columns.stream()
                .map(column -> switch (column.type()) {
                    case "tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "float", "double", "year" ->
                        Spelling.BARE;
                    case "json" -> mariadb ? Spelling.QUOTED : Spelling.TEXT;
                    case "inet4", "inet6", "uuid" -> Spelling.TEXT;
                    default -> Spelling.QUOTED;
                })
                .toArray(Spelling[]::new);
    }

    /** Whether {@code LOAD DATA} understands the rows; otherwise they are for {@code INSERT} alone. */
    public static boolean loadable(List<Manifest.ColumnPart> columns, boolean mariadb) {
        return Stream.of(new RowFormat(columns, mariadb).spelling).noneMatch(Spelling.TEXT::equals);
    }

    /** Appends a row without what follows it. NULL values are null. */
    public void append(Buffer out, byte[][] values) {
        out.write('(');
        for (int i = 0; i < values.length; i++) {
            if (i > 0) out.write(',');
            byte[] value = values[i];
            if (value == null) {
                out.write(NULL, 0, NULL.length);
            } else if (spelling[i] == Spelling.BARE) {
                out.write(value, 0, value.length);
            } else {
                if (spelling[i] == Spelling.TEXT) out.write(INTRODUCER, 0, INTRODUCER.length);
                quote(out, value);
            }
        }
        out.write(')');
    }

    private static void quote(Buffer out, byte[] value) {
        out.write('\'');
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
        out.write('\'');
    }

    /** Reads the row whose opening parenthesis is at {@code from} and whose line ends before {@code to}. */
    public byte[][] parse(byte[] text, int from, int to) {
        byte[][] values = new byte[spelling.length][];
        int at = from + 1;
        for (int i = 0; i < values.length; i++) {
            if (i > 0) at++; // the comma
            if (spelling[i] == Spelling.TEXT && text[at] == '_') at += INTRODUCER.length;
            if (text[at] == '\'') {
                int end = at + 1;
                int escapes = 0;
                while (text[end] != '\'') {
                    if (text[end] == '\\') {
                        end++;
                        escapes++;
                    }
                    end++;
                }
                values[i] = unquote(text, at + 1, end, escapes);
                at = end + 1;
            } else {
                int end = at;
                while (text[end] != ',' && text[end] != ')') end++;
                if (text[at] != 'N') {
                    values[i] = new byte[end - at];
                    System.arraycopy(text, at, values[i], 0, end - at);
                }
                at = end;
            }
        }
        if (at >= to || text[at] != ')') throw new IllegalStateException("a row of the dump does not end as it should");
        return values;
    }

    private static byte[] unquote(byte[] text, int from, int to, int escapes) {
        byte[] value = new byte[to - from - escapes];
        int write = 0;
        for (int i = from; i < to; i++) {
            byte b = text[i];
            if (b == '\\') {
                b = text[++i];
                b = switch (b) {
                    case '0' -> 0;
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 'Z' -> 0x1a;
                    default -> b;
                };
            }
            value[write++] = b;
        }
        return value;
    }

    /** A growing byte array whose content can be used without copying it. */
    public static final class Buffer extends ByteArrayOutputStream {
        public Buffer(int size) {
            super(size);
        }

        public byte[] array() {
            return buf;
        }

        @Override
        public synchronized void write(byte[] bytes) {
            write(bytes, 0, bytes.length);
        }

        /** Replaces the last byte. */
        public void setLast(char with) {
            buf[count - 1] = (byte) with;
        }

        /** Cuts to {@code size} bytes. */
        public void truncate(int size) {
            count = size;
        }
    }
}
