package edu.wfu.wfumig.dump;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;

/** What one thread needs to make chunks, one after the other: room for the rows, and the compressor. */
public final class Press implements AutoCloseable {
    private static final int LEVEL = 1;

    /** A full chunk and the row that filled it. */
    private static final int ROOM = DumpWriter.CHUNK_BYTES + (64 << 10);

    /** Above this, room that one large row has taken is given back. */
    private static final int ORDINARY = 2 * ROOM;

    private final ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(LEVEL).setChecksum(true);
    private RowFormat.Buffer rows = new RowFormat.Buffer(0);
    private byte[] packed = {};

    /** The rows of the chunk that is being made. */
    public RowFormat.Buffer rows() {
        return rows;
    }

    /** Makes room for the next chunk. */
    RowFormat.Buffer begin() {
        int room = rows.array().length;
        if (room < ROOM || room > ORDINARY) rows = new RowFormat.Buffer(ROOM);
        if (packed.length > ORDINARY) packed = new byte[] {};
        rows.reset();
        return rows;
    }

    /** The bytes as a frame; valid until the next one is packed. */
    ByteBuffer pack(byte[] raw, int length) {
        int bound = (int) Zstd.compressBound(length);
        if (packed.length < bound) packed = new byte[bound];
        int size = zstd.compressByteArray(packed, 0, packed.length, raw, 0, length);
        return ByteBuffer.wrap(packed, 0, size);
    }

    @Override
    public void close() {
        zstd.close();
    }
}
