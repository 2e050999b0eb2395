package edu.wfu.wfumig.dump;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.dump.Manifest.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads frames of a dump by their place in the manifest. */
public final class DumpReader implements AutoCloseable {
    private final Path path;
    private final FileChannel file;

    public DumpReader(Path path) throws IOException {
        this.path = path;
        this.file = FileChannel.open(path, StandardOpenOption.READ);
    }

    /** The frame as it lies in the file. */
    public byte[] packed(Frame frame) throws IOException {
        byte[] bytes = new byte[frame.length()];
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, frame.offset() + buffer.position()) < 0) throw damaged(frame, "the file ends here");
        }
        return bytes;
    }

    /** The raw bytes of a frame. */
    public byte[] open(byte[] packed, Frame frame) {
        byte[] raw = new byte[frame.raw()];
        long size;
        try {
            size = Zstd.decompressByteArray(raw, 0, raw.length, packed, 0, packed.length);
        } catch (ZstdException e) {
            throw damaged(frame, String.valueOf(e.getMessage()));
        }
        if (size != raw.length) throw damaged(frame, size + " bytes instead of " + raw.length);
        return raw;
    }

    private Refusal damaged(Frame frame, String what) {
        return new Refusal(
                Refusal.Kind.FAILED,
                Problem.of(
                        path + " is damaged at byte " + frame.offset() + ": " + what,
                        "the frame that the manifest describes",
                        "nothing of this frame was used",
                        "export the scope again"));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
