package edu.wfu.wfumig.archive.s3;

import edu.wfu.wfumig.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * What a file and its parts must be once they are in S3: computed from the file alone, in one pass, before anything is sent.
 *
 * @param sha256 of the whole file, in hex
 */
record FileDigests(long bytes, String sha256, List<Part> parts) {
    private static final int MOST_PARTS = 10_000;
    private static final int BUFFER = 64 << 10;

    /** A part of a file; numbers count from 1, as S3 has them. */
    record Part(int number, long offset, long length, byte[] md5, byte[] sha256) {
        String md5Base64() {
            return Base64.getEncoder().encodeToString(md5);
        }

        String md5Hex() {
            return HexFormat.of().formatHex(md5);
        }

        String sha256Base64() {
            return Base64.getEncoder().encodeToString(sha256);
        }
    }

    /** @param least the size of a part, unless the file would have too many */
    static FileDigests of(Path file, int least) throws IOException {
        long size = Math.max(least, mebibytes((Files.size(file) + MOST_PARTS - 1) / MOST_PARTS));
        var whole = Digest.sha256();
        var parts = new ArrayList<Part>();
        byte[] buffer = new byte[BUFFER];
        long offset = 0;
        try (var in = Files.newInputStream(file)) {
            while (true) {
                var md5 = md5();
                var sha256 = Digest.sha256();
                long length = 0;
                int count;
                while (length < size
                        && (count = in.read(buffer, 0, (int) Math.min(buffer.length, size - length))) >= 0) {
                    whole.update(buffer, 0, count);
                    md5.update(buffer, 0, count);
                    sha256.update(buffer, 0, count);
                    length += count;
                }
                // An empty file is one empty part.
                if (length == 0 && offset > 0) break;
                parts.add(new Part(parts.size() + 1, offset, length, md5.digest(), sha256.digest()));
                offset += length;
                if (length < size) break;
            }
        }
        return new FileDigests(offset, HexFormat.of().formatHex(whole.digest()), List.copyOf(parts));
    }

    private static long mebibytes(long bytes) {
        return (bytes + (1 << 20) - 1) >> 20 << 20;
    }

    boolean single() {
        return parts.size() == 1;
    }

    /** What S3 says the SHA-256 of the object is: of one part its own, of several that of their digests. */
    String objectSha256() {
        if (single()) return parts.get(0).sha256Base64();
        var sum = Digest.sha256();
        parts.forEach(part -> sum.update(part.sha256()));
        return Base64.getEncoder().encodeToString(sum.digest()) + "-" + parts.size();
    }

    /** The object's ETag, where the server does not encrypt with keys of KMS. */
    String objectTag() {
        if (single()) return parts.get(0).md5Hex();
        var sum = md5();
        parts.forEach(part -> sum.update(part.md5()));
        return HexFormat.of().formatHex(sum.digest()) + "-" + parts.size();
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
