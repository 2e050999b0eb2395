package edu.wfu.wfumig.schema;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.wfu.wfumig.inventory.Structure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Texts and structures as a column of the history holds them: packed, and in letters that every charset has. */
final class Packed {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Packed() {}

    static String text(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    static String unpacked(String packed) {
        try (var gzip =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(packed)))) {
            return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String structure(Structure structure) {
        try {
            return text(JSON.writeValueAsString(structure));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Structure structure(String packed) {
        try {
            return JSON.readValue(unpacked(packed), Structure.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String names(Set<String> names) {
        try {
            return text(JSON.writeValueAsString(new TreeSet<>(names)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Set<String> names(String packed) {
        try {
            return JSON.readValue(unpacked(packed), new TypeReference<TreeSet<String>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
