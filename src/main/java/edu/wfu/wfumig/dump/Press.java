package edu.wfu.wfumig.dump;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;

/** What one thread needs to make chunks, one after the other: room for the rows, and the compressor. */
public final class Press implements AutoCloseable {
    /** For dumps that are kept. */
    public static final int TIGHT = 1;

    /**
     * For dumps that only a resume may need: about half of the rows' size, in half of the time. The usual quick levels, down
     * to -7, look for short matches as well, and take as long as the tight one.
     */
    public static final int QUICK = -20;

    /** The shortest match that is looked for where time counts more than size. */
    private static final int LONG_MATCH = 7;

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
        if (level < 0) zstd.setMinMatch(LONG_MATCH);
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
