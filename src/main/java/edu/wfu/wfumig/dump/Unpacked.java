package edu.wfu.wfumig.dump;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** A file's text, whether it is packed or not. */
public final class Unpacked {
    private Unpacked() {}

    /** Told by the first bytes: gzip is 1f 8b (RFC 1952), zstd is 28 b5 2f fd (RFC 8878). */
    public static InputStream of(BufferedInputStream in) throws IOException {
        in.mark(4);
        byte[] magic = in.readNBytes(4);
        in.reset();
        if (magic.length > 1 && magic[0] == 0x1f && magic[1] == (byte) 0x8b) return new GZIPInputStream(in, 1 << 16);
        if (magic.length == 4 && magic[0] == 0x28 && magic[1] == (byte) 0xb5 && magic[2] == 0x2f) {
            return new ZstdInputStream(in).setContinuous(false);
        }
        return in;
    }
}
