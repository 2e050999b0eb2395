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
    private final DumpWriter.TableWriter writer;
    private final Press press;
    private final RowFormat format;
    private final int @Nullable [] key;
    private RowBuffer rows;
    private RowDigest digest = RowDigest.EMPTY;
    private byte[][] last = {};

    GrowingChunk(DumpWriter.TableWriter writer, Press press, RowFormat format, int @Nullable [] key) {
        this.writer = writer;
        this.press = press;
        this.format = format;
        this.key = key;
        rows = writer.begin(press);
    }

    void begin() {
        rows = writer.begin(press);
        digest = RowDigest.EMPTY;
        last = new byte[][] {};
    }

    /** How many bytes it would have with one more row, roughly. */
    long sizeWith(byte[][] values) {
        long size = rows.size();
        for (byte[] value : values) if (value != null) size += value.length;
        return size;
    }

    /** Adds a row; says whether the chunk is full now. */
    boolean add(byte[][] values) {
        format.append(rows, values);
        rows.write(',');
        rows.write('\n');
        digest = digest.with(RowDigest.ofRow(values));
        last = values;
        return rows.size() >= DumpWriter.CHUNK_BYTES;
    }

    Packed end() {
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
