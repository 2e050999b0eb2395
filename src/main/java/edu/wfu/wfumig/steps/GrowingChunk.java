package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.RowDigest;
import edu.wfu.wfumig.dump.DumpWriter;
import edu.wfu.wfumig.dump.DumpWriter.Packed;
import edu.wfu.wfumig.dump.Press;
import edu.wfu.wfumig.dump.RowBuffer;
import edu.wfu.wfumig.dump.RowFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a chunk while they are collected. */
final class GrowingChunk {
    private static final int NONE = -1;

    private final DumpWriter.TableWriter writer;
    private final Press press;
    private final RowFormat format;
    private final int columns;
    private final int @Nullable [] key;
    private RowBuffer rows;
    private RowDigest digest = RowDigest.EMPTY;
    private byte[][] last = {};

    /** Where the last row begins, when it came as a line. */
    private int line = NONE;

    /**
     * @param columns how many values a row has
     * @param key the places of the key's values among them; null when the table gives no cursors
     */
    GrowingChunk(DumpWriter.TableWriter writer, Press press, RowFormat format, int columns, int @Nullable [] key) {
        this.writer = writer;
        this.press = press;
        this.format = format;
        this.columns = columns;
        this.key = key;
        rows = writer.begin(press);
    }

    void begin() {
        rows = writer.begin(press);
        digest = RowDigest.EMPTY;
        last = new byte[][] {};
        line = NONE;
    }

    /** How many bytes it would have with one more row, roughly. */
    long sizeWith(byte[][] values) {
        long size = rows.size();
        for (byte[] value : values) if (value != null) size += value.length;
        return size;
    }

    /** The same, of a row that is a line already. */
    long sizeWith(byte[] row) {
        return (long) rows.size() + row.length;
    }

    /** Adds a row; says whether the chunk is full now. */
    boolean add(byte[][] values) {
        digest = digest.with(format.append(rows, values));
        last = values;
        return rows.size() >= DumpWriter.CHUNK_BYTES;
    }

    /** Adds a row that is a line already; says whether the chunk is full now. */
    boolean add(byte[] row) {
        line = rows.size();
        digest = digest.with(format.append(rows, row));
        return rows.size() >= DumpWriter.CHUNK_BYTES;
    }

    Packed end() {
        // Of lines only the last is taken apart.
        if (key != null && line != NONE) {
            last = new byte[columns][];
            format.parse(rows.array(), line, last);
        }
        return writer.pack(press, digest, values(key, last));
    }

    long rows() {
        return digest.rows();
    }

    int bytes() {
        return rows.size();
    }

    /** The values of a row's key, in decimal; null when the table gives no cursors. */
    private static @Nullable List<String> values(int @Nullable [] key, byte[][] row) {
        if (key == null) return null;
        return Arrays.stream(key)
                .mapToObj(place -> new String(row[place], StandardCharsets.US_ASCII))
                .toList();
    }
}
