package edu.wfu.wfumig.bench;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A table's rows, as {@code LOAD DATA INFILE} reads them without options: tabs between the columns, a backslash before
 * what is special.
 */
final class LoadFile implements Closeable {
    /** A value in the making, used again for the next row; bytes, because serialized PHP counts in them. */
    static final class Value extends ByteArrayOutputStream {
        Value add(byte[] more) {
            writeBytes(more);
            return this;
        }

        Value add(String more) {
            return add(bytes(more));
        }

        /** As PHP serializes a string. */
        Value php(byte[] text) {
            return add("s:" + text.length + ":\"").add(text).add("\";");
        }

        Value php(String text) {
            return php(bytes(text));
        }
    }

    private final OutputStream out;
    private final Value line = new Value();
    private long bytes;
    private long rows;

    LoadFile(Path file) throws IOException {
        out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20);
    }

    long bytes() {
        return bytes;
    }

    long rows() {
        return rows;
    }

    void row(Object... columns) throws IOException {
        line.reset();
        for (int i = 0; i < columns.length; i++) {
            if (i > 0) line.write('\t');
            if (columns[i] instanceof Value value) escaped(value.toByteArray());
            else if (columns[i] instanceof byte[] value) escaped(value);
            else if (columns[i] instanceof Number) line.add(columns[i].toString());
            else escaped(bytes(columns[i].toString()));
        }
        line.write('\n');
        line.writeTo(out);
        bytes += line.size();
        rows++;
    }

    private void escaped(byte[] value) {
        int done = 0;
        for (int i = 0; i < value.length; i++) {
            if (value[i] != '\\' && value[i] != '\n' && value[i] != '\t') continue;
            line.write(value, done, i - done);
            line.write('\\');
            done = i;
        }
        line.write(value, done, value.length - done);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
