package edu.wfu.wfumig.wordpress;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a text column, and the same text as PHP sees it over its utf8mb4 connection: lengths in serialized data
 * count those bytes, also when the column is latin1 or utf16.
 */
public sealed interface ColumnCharset {
    /** utf8mb4, utf8mb3, ascii: column bytes are what PHP sees. */
    record Direct() implements ColumnCharset {}

    /** Any other charset; {@code asciiBased} when ASCII text has the same bytes in it. */
    record Converted(Charset charset, boolean latin1, boolean asciiBased) implements ColumnCharset {}

    /** A charset that Java does not know: only plain replacement of the bytes is safe. */
    record Unknown(String name) implements ColumnCharset {}

    static ColumnCharset of(String mysqlName) {
        return switch (mysqlName) {
            case "utf8mb4", "utf8mb3", "utf8", "ascii" -> new Direct();
            case "latin1" -> new Converted(StandardCharsets.ISO_8859_1, true, true);
            case "utf16", "ucs2" -> new Converted(StandardCharsets.UTF_16BE, false, false);
            case "utf16le" -> new Converted(StandardCharsets.UTF_16LE, false, false);
            case "utf32" -> new Converted(Charset.forName("UTF-32BE"), false, false);
            case "latin2" -> new Converted(Charset.forName("ISO-8859-2"), false, true);
            case "latin5" -> new Converted(Charset.forName("ISO-8859-9"), false, true);
            case "latin7" -> new Converted(Charset.forName("ISO-8859-13"), false, true);
            case "greek" -> new Converted(Charset.forName("ISO-8859-7"), false, true);
            case "hebrew" -> new Converted(Charset.forName("ISO-8859-8"), false, true);
            case "cp1250", "cp1251", "cp1256", "cp1257" ->
                new Converted(Charset.forName("windows-" + mysqlName.substring(2)), false, true);
            case "koi8r" -> new Converted(Charset.forName("KOI8-R"), false, true);
            case "ujis" -> new Converted(Charset.forName("EUC-JP"), false, true);
            case "euckr" -> new Converted(Charset.forName("EUC-KR"), false, true);
            default -> new Unknown(mysqlName);
        };
    }

    /** Whether an ASCII needle is found in the column's own bytes. */
    default boolean showsAscii() {
        return !(this instanceof Converted converted) || converted.asciiBased();
    }

    /** An ASCII text in the column's own bytes. */
    default byte[] bytes(String ascii) {
        return ascii.getBytes(this instanceof Converted converted ? converted.charset() : StandardCharsets.US_ASCII);
    }

    /** Rewrites the column's bytes; the same array when nothing changes. */
    default byte[] rewrite(byte[] value, Rewriter rewriter) {
        if (!(this instanceof Converted converted)) return rewriter.rewrite(value);
        byte[] seen = toUtf8(converted, value);
        if (seen == null) return rewriter.rewrite(value);
        byte[] rewritten = rewriter.rewrite(seen);
        if (rewritten == seen) return value;
        byte[] back = fromUtf8(converted, rewritten);
        return back == null ? value : back;
    }

    /** MySQL's latin1 is cp1252 with its five holes filled by control characters. */
    String CP1252 = "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f"
            + "\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";

    private static String fromLatin1(byte[] value) {
        var out = new StringBuilder(value.length);
        for (byte b : value) out.append(b < -96 ? CP1252.charAt(b + 128) : (char) (b & 0xff));
        return out.toString();
    }

    private static byte @Nullable [] toLatin1(String text) {
        byte[] out = new byte[text.length()];
        for (int i = 0; i < out.length; i++) {
            char c = text.charAt(i);
            int special = c < 0x80 || c >= 0xa0 && c <= 0xff ? -1 : CP1252.indexOf(c);
            if (special < 0 && c > 0xff) return null;
            out[i] = (byte) (special >= 0 ? 0x80 + special : c);
        }
        return out;
    }

    private static byte @Nullable [] toUtf8(Converted charset, byte[] value) {
        if (charset.latin1()) return fromLatin1(value).getBytes(StandardCharsets.UTF_8);
        try {
            String text = charset.charset()
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(value))
                    .toString();
            return text.getBytes(StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static byte @Nullable [] fromUtf8(Converted charset, byte[] utf8) {
        String text = new String(utf8, StandardCharsets.UTF_8);
        if (charset.latin1()) return toLatin1(text);
        try {
            ByteBuffer out = charset.charset()
                    .newEncoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .encode(CharBuffer.wrap(text));
            return Arrays.copyOf(out.array(), out.limit());
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
