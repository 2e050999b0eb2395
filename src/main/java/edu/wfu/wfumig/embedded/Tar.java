package edu.wfu.wfumig.embedded;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Unpacks files, folders and links of a tar archive. Source: POSIX.1-2017, "pax", section "ustar Interchange Format"; long
 * names as GNU tar writes them (type {@code L} for a name, {@code K} for a link).
 */
final class Tar {
    private static final int BLOCK = 512;

    private Tar() {}

    static void unpack(InputStream in, Path into) throws IOException {
        String longName = "";
        String longLink = "";
        byte[] header = new byte[BLOCK];
        while (in.readNBytes(header, 0, BLOCK) == BLOCK && header[0] != 0) {
            long size = number(header, 124, 12);
            char type = (char) header[156];
            if (type == 'L' || type == 'K') {
                String name = text(content(in, size), 0, (int) size);
                if (type == 'L') longName = name;
                else longLink = name;
                continue;
            }
            String prefix = text(header, 345, 155);
            String name = (prefix.isEmpty() ? "" : prefix + "/") + text(header, 0, 100);
            Path path = into.resolve(longName.isEmpty() ? name : longName).normalize();
            if (!path.startsWith(into)) throw new IOException("the archive reaches outside: " + path);
            String link = longLink.isEmpty() ? text(header, 157, 100) : longLink;
            longName = "";
            longLink = "";
            switch (type) {
                case '5' -> Files.createDirectories(path);
                case '2' -> {
                    Files.createDirectories(path.getParent());
                    Files.createSymbolicLink(path, Path.of(link));
                }
                case '0', '\0' -> {
                    Files.createDirectories(path.getParent());
                    Files.write(path, content(in, size));
                    if ((number(header, 100, 8) & 0100) != 0 && !path.toFile().setExecutable(true, false)) {
                        throw new IOException(path + " cannot be made executable");
                    }
                }
                default -> in.skipNBytes(padded(size));
            }
        }
    }

    private static byte[] content(InputStream in, long size) throws IOException {
        byte[] content = in.readNBytes((int) size);
        if (content.length < size) throw new EOFException("the archive ends in the middle of a file");
        in.skipNBytes(padded(size) - size);
        return content;
    }

    private static long padded(long size) {
        return (size + BLOCK - 1) / BLOCK * BLOCK;
    }

    private static long number(byte[] header, int from, int length) {
        String digits = text(header, from, length).strip();
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }

    private static String text(byte[] bytes, int from, int length) {
        int end = from;
        while (end < from + length && bytes[end] != 0) end++;
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }
}
