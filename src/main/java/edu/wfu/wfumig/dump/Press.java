package edu.wfu.wfumig.dump;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;

/** What one thread needs to make chunks, one after the other: room for the rows, and the compressor. */
public final class Press implements AutoCloseable {
    /** For dumps that are kept. */
    public static final int TIGHT = 1;

    /** For dumps that only a resume may need: a quarter larger, in half of the time. */
    public static final int QUICK = -3;

    /** A full chunk and the row that filled it. */
    private static final int ROOM = DumpWriter.CHUNK_BYTES + (64 << 10);

    /** Above this, room that one large row has taken is given back. */
    private static final int ORDINARY = 2 * ROOM;

    private final ZstdCompressCtx zstd;
    private RowBuffer rows = new RowBuffer(0);
    private byte[] packed = {};

    /**
     * @param level of zstd
     */
    public Press(int level) {
        zstd = new ZstdCompressCtx().setLevel(level).setChecksum(true);
    }

    /** The rows of the chunk that is being made. */
    public RowBuffer rows() {
        return rows;
    }

    /** Makes room for the next chunk. */
    RowBuffer begin() {
        int room = rows.array().length;
        if (room < ROOM || room > ORDINARY) rows = new RowBuffer(ROOM);
        if (packed.length > ORDINARY) packed = new byte[] {};
        rows.truncate(0);
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
