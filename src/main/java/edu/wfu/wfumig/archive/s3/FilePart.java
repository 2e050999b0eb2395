package edu.wfu.wfumig.archive.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;

/** A part of a file as the body of a request. Each attempt at the request reads it anew, so nothing is held in memory. */
final class FilePart implements ContentStreamProvider, AutoCloseable {
    private final Path file;
    private final FileDigests.Part part;
    private @Nullable InputStream open;

    FilePart(Path file, FileDigests.Part part) {
        this.file = file;
        this.part = part;
    }

    RequestBody body() {
        return RequestBody.fromContentProvider(this, part.length(), "application/octet-stream");
    }

    @Override
    public InputStream newStream() {
        close();
        try {
            var in = Files.newInputStream(file);
            in.skipNBytes(part.offset());
            open = new Limited(in, part.length());
            return open;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            if (open != null) open.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            open = null;
        }
    }

    /** The first bytes of a stream. */
    private static final class Limited extends FilterInputStream {
        private long left;

        Limited(InputStream in, long length) {
            super(in);
            left = length;
        }

        @Override
        public int read() throws IOException {
            int read = left > 0 ? super.read() : -1;
            if (read >= 0) left--;
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left <= 0) return length == 0 ? 0 : -1;
            int count = super.read(bytes, offset, (int) Math.min(length, left));
            if (count > 0) left -= count;
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = super.skip(Math.min(count, left));
            left -= skipped;
            return skipped;
        }

        @Override
        public int available() throws IOException {
            return (int) Math.min(super.available(), left);
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
