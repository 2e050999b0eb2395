package edu.wfu.wfumig.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.wfu.wfumig.OwnerOnly;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of a {@link LocalStore}: AES-256 in GCM, from a passphrase by PBKDF2, or from a file of the user's own. Each text is bound
 * to its name, so that two cannot change places.
 */
final class StoreKey {
    /** What OWASP recommends for PBKDF2 with SHA-512, times three. Source: OWASP Password Storage Cheat Sheet. */
    private static final int ITERATIONS = 630_000;

    private static final String FUNCTION = "PBKDF2WithHmacSHA512";
    private static final int SALT_BYTES = 16;
    private static final int KEY_BYTES = 32;
    private static final int IV_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;

    private StoreKey(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /** How a new store's key is made: what stands in the store to make it again. */
    static ObjectNode describe(boolean passphrase) {
        var about = JsonNodeFactory.instance.objectNode();
        if (!passphrase) return about.put("from", "file");
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return about.put("from", "passphrase")
                .put("function", FUNCTION)
                .put("iterations", ITERATIONS)
                .put("salt", Base64.getEncoder().encodeToString(salt));
    }

    /**
     * @param about what {@link #describe} made
     * @param file where the key is, when it comes from a file; made when it is not there
     */
    static StoreKey of(JsonNode about, Path file, Supplier<char[]> passphrase) {
        if (about.path("from").asText().equals("file")) return new StoreKey(ofFile(file));
        byte[] salt = Base64.getDecoder().decode(about.path("salt").asText());
        var spec =
                new PBEKeySpec(passphrase.get(), salt, about.path("iterations").asInt(), KEY_BYTES * 8);
        try {
            return new StoreKey(
                    SecretKeyFactory.getInstance(about.path("function").asText())
                            .generateSecret(spec)
                            .getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + FUNCTION, e);
        } finally {
            spec.clearPassword();
        }
    }

    private static byte[] ofFile(Path file) {
        try {
            if (!Files.exists(file)) {
                byte[] key = new byte[KEY_BYTES];
                RANDOM.nextBytes(key);
                OwnerOnly.write(file, Base64.getEncoder().encode(key));
                return key;
            }
            OwnerOnly.require(file);
            byte[] key = Base64.getDecoder().decode(Files.readString(file).strip());
            if (key.length == KEY_BYTES) return key;
            throw new IOException("it holds " + key.length + " bytes");
        } catch (IOException e) {
            throw OwnerOnly.unusable(file, e);
        } catch (IllegalArgumentException e) {
            throw OwnerOnly.unusable(file, new IOException("it is not in Base64"));
        }
    }

    ObjectNode encrypt(String name, String text) {
        byte[] iv = new byte[IV_BYTES];
        RANDOM.nextBytes(iv);
        try {
            byte[] hidden = cipher(Cipher.ENCRYPT_MODE, name, iv).doFinal(text.getBytes(StandardCharsets.UTF_8));
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("iv", Base64.getEncoder().encodeToString(iv))
                    .put("text", Base64.getEncoder().encodeToString(hidden));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES in GCM", e);
        }
    }

    String decrypt(String name, JsonNode hidden, Path store) {
        try {
            byte[] iv = Base64.getDecoder().decode(hidden.path("iv").asText());
            byte[] text = Base64.getDecoder().decode(hidden.path("text").asText());
            return new String(cipher(Cipher.DECRYPT_MODE, name, iv).doFinal(text), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new Refusal(
                    Refusal.Kind.FAILED,
                    Problem.of(
                            "the key does not open the store " + store,
                            "the passphrase or the key file that it was made with, and a store that nobody changed",
                            "nothing was written",
                            "try again; or remove the store and set its secrets anew"),
                    e);
        }
    }

    private Cipher cipher(int mode, String name, byte[] iv) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
        cipher.updateAAD(("wfumig:" + name).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
