package edu.wfu.wfumig.archive.s3;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a file is, as S3 keeps it: user metadata is ASCII in headers, so that other characters are percent-encoded. */
final class Facts {
    static final String SHA256 = "sha256";

    private Facts() {}

    static Map<String, String> encode(Map<String, String> facts) {
        var encoded = new TreeMap<String, String>();
        facts.forEach((name, value) -> encoded.put(name.toLowerCase(Locale.ROOT), encode(value)));
        return encoded;
    }

    private static String encode(String value) {
        var out = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b > ' ' && b < 0x7f && b != '%' && b != '+';
            if (plain) out.append((char) b);
            else out.append(String.format("%%%02X", b & 0xff));
        }
        return out.toString();
    }

    static Map<String, String> decode(Map<String, String> facts) {
        var decoded = new TreeMap<String, String>();
        facts.forEach((name, value) -> decoded.put(name.toLowerCase(Locale.ROOT), decode(value)));
        return decoded;
    }

    private static String decode(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value; // somebody else's
        }
    }
}
