package edu.wfu.wfumig.dump;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Rows of MySQL and MariaDB: {@code (1,'text',NULL)}, valid in {@code INSERT … VALUES} and for {@code LOAD DATA … FIELDS
 * TERMINATED BY ',' OPTIONALLY ENCLOSED BY '\'' LINES STARTING BY '(' TERMINATED BY '),\n'}. A comma ends a row, and a
 * semicolon the last one of a chunk.
 *
 * <p>NUL, newline, carriage return, Ctrl-Z, backslash and single quote are escaped by a backslash, all else is as it
 * was.
 *
 * <p>A row's checksum, which the server computes by the same rule:
 *
 * <ol>
 *   <li>Each value: CRC-32 of its bytes in decimal, {@code N} for NULL.
 *   <li>The row: CRC-32 of its values' texts, joined by commas.
 * </ol>
 */
public final class MysqlRows implements RowFormat {
    private static final byte[] NULL = "NULL".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] INTRODUCER = "_utf8mb4".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ESCAPE = new byte[256];
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;

    /** 2^35 / 10, rounded up: a multiplication instead of a division, exact for 32 bits. */
    private static final long TENTH = 0xCCCCCCCDL;

    /** What ends a row: a comma or a semicolon, and a newline. */
    private static final int ENDING = 2;

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

    public MysqlRows(List<Manifest.ColumnPart> columns, boolean mariadb) {
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

    @Override
    public boolean loadable() {
        return Stream.of(spelling).noneMatch(Spelling.TEXT::equals);
    }

    @Override
    public int end(int length) {
        return length;
    }

    @Override
    public long append(RowBuffer out, byte[][] values) {
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
        out.write(',');
        out.write('\n');
        return checksum(values);
    }

    @Override
    public long append(RowBuffer out, byte[] line) {
        byte[][] values = new byte[spelling.length][];
        parse(line, 0, values);
        out.write(line);
        return checksum(values);
    }

    @Override
    public long checksum(byte[][] values) {
        var value = new CRC32();
        var row = new CRC32();
        byte[] decimal = new byte[11];
        for (int i = 0; i < values.length; i++) {
            byte[] bytes = values[i];
            int from = decimal.length;
            if (bytes == null) {
                decimal[--from] = 'N';
            } else {
                value.reset();
                value.update(bytes, 0, bytes.length);
                long rest = value.getValue();
                do {
                    long tenth = rest * TENTH >>> 35;
                    decimal[--from] = (byte) ('0' + (rest - tenth * 10));
                    rest = tenth;
                } while (rest > 0);
            }
            if (i > 0) decimal[--from] = ',';
            row.update(decimal, from, decimal.length - from);
        }
        return row.getValue();
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
            if (found != 0) return i + first(found);
        }
        while (i < value.length && ESCAPE[value[i] & 0xff] == 0) i++;
        return i;
    }

    /**
     * Which byte has the lowest bit that is set, of bits that end a byte each: below it stand as many ones as there are bytes up to
     * it, and a multiplication adds them up. The quick compiler has no instruction for it, and a call is longer.
     */
    private static int first(long found) {
        return (int) ((((found & -found) - 1 & ONES) * ONES) >>> 56) - 1;
    }

    @Override
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
        return at + 1 + ENDING;
    }

    /** The next quote or backslash; there is one, because the row is quoted to its end. */
    private static int mark(byte[] text, int at) {
        int i = at;
        for (; i + 8 <= text.length; i += 8) {
            long bytes = (long) LONG.get(text, i);
            long quote = bytes ^ ONES * '\'';
            long backslash = bytes ^ ONES * '\\';
            long found = ((quote - ONES) & ~quote | (backslash - ONES) & ~backslash) & HIGH;
            if (found != 0) return i + first(found);
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
