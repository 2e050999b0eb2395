package edu.wfu.wfumig.dump;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;

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
    public void append(RowBuffer out, byte[][] values) {
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

    private static void quote(RowBuffer out, byte[] value) {
        out.write('\'');
        int from = 0;
        for (int i = special(value, 0); i < value.length; i = special(value, i + 1)) {
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

    /**
     * The first byte from {@code at} on that may need an escape, eight at a time: a quote, a backslash, or one below a blank.
     * Source: H. S. Warren, "Hacker's Delight", 6-1.
     */
    private static int special(byte[] value, int at) {
        int i = at;
        for (; i + 8 <= value.length; i += 8) {
            long bytes = (long) LONG.get(value, i);
            long quote = bytes ^ ONES * '\'';
            long backslash = bytes ^ ONES * '\\';
            long found =
                    ((bytes - ONES * ' ') & ~bytes | (quote - ONES) & ~quote | (backslash - ONES) & ~backslash) & HIGH;
            if (found != 0) return i + (Long.numberOfTrailingZeros(found) >> 3);
        }
        while (i < value.length && ESCAPE[value[i] & 0xff] == 0) i++;
        return i;
    }

    /**
     * Reads the row whose opening parenthesis is at {@code from}.
     *
     * @param values gets the row's values; NULL is null
     * @return the place behind the closing parenthesis
     */
    public int parse(byte[] text, int from, byte[][] values) {
        int at = from + 1;
        for (int i = 0; i < values.length; i++) {
            if (i > 0) at++; // the comma
            if (spelling[i] == Spelling.TEXT && text[at] == '_') at += INTRODUCER.length;
            if (text[at] == '\'') {
                int end = mark(text, at + 1);
                int escapes = 0;
                while (text[end] != '\'') {
                    escapes++;
                    end = mark(text, end + 2);
                }
                values[i] = unquote(text, at + 1, end, escapes);
                at = end + 1;
            } else {
                int end = at;
                while (text[end] != ',' && text[end] != ')') end++;
                if (text[at] != 'N') values[i] = Arrays.copyOfRange(text, at, end);
                at = end;
            }
        }
        if (text[at] != ')') throw new IllegalStateException("a row of the dump does not end as it should");
        return at + 1;
    }

    /** The next quote or backslash; there is one, because the row is quoted to its end. */
    private static int mark(byte[] text, int at) {
        int i = at;
        for (; i + 8 <= text.length; i += 8) {
            long bytes = (long) LONG.get(text, i);
            long quote = bytes ^ ONES * '\'';
            long backslash = bytes ^ ONES * '\\';
            long found = ((quote - ONES) & ~quote | (backslash - ONES) & ~backslash) & HIGH;
            if (found != 0) return i + (Long.numberOfTrailingZeros(found) >> 3);
        }
        while (text[i] != '\'' && text[i] != '\\') i++;
        return i;
    }

    private static byte[] unquote(byte[] text, int from, int to, int escapes) {
        if (escapes == 0) return Arrays.copyOfRange(text, from, to);
        byte[] value = new byte[to - from - escapes];
        int write = 0;
        int run = from;
        for (int i = mark(text, from); i < to; i = mark(text, run)) {
            System.arraycopy(text, run, value, write, i - run);
            write += i - run;
            value[write++] = switch (text[i + 1]) {
                case '0' -> 0;
                case 'n' -> '\n';
                case 'r' -> '\r';
                case 'Z' -> 0x1a;
                default -> text[i + 1];
            };
            run = i + 2;
        }
        System.arraycopy(text, run, value, write, to - run);
        return value;
    }
}
