package edu.wfu.wfumig.settings;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.wfu.wfumig.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Secrets in an encrypted file of the user's own. Their names can be read in it, their values cannot; {@link StoreKey} says how. A
 * text under no name proves at once whether a key is the right one.
 */
public final class LocalStore implements SecretSource {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROOF = "";

    private final Path file;
    private final Path keyFile;
    private final Supplier<char[]> passphrase;
    private @Nullable StoreKey key;

    /**
     * @param passphrase asked only when the store was made with one
     */
    public LocalStore(Path file, Path keyFile, Supplier<char[]> passphrase) {
        this.file = file;
        this.keyFile = keyFile;
        this.passphrase = passphrase;
    }

    public Path file() {
        return file;
    }

    public boolean exists() {
        return Files.exists(file);
    }

    /** Makes an empty store. */
    public void create(boolean withPassphrase) {
        var store = JSON.createObjectNode().put("format", 1);
        store.set("key", StoreKey.describe(withPassphrase));
        store.set("proof", key(store).encrypt(PROOF, "wfumig"));
        store.putObject("secrets");
        write(store);
    }

    public List<String> names() {
        if (!exists()) return List.of();
        var names = new ArrayList<String>();
        read().path("secrets").fieldNames().forEachRemaining(names::add);
        names.sort(null);
        return names;
    }

    @Override
    public Optional<String> find(String name) {
        if (!exists()) return Optional.empty();
        var store = read();
        var hidden = store.path("secrets").path(name);
        return hidden.isMissingNode()
                ? Optional.empty()
                : Optional.of(key(store).decrypt(name, hidden, file));
    }

    /** Puts a secret in, in the place of an earlier value; with a key that opens what is there. */
    public void set(String name, String value) {
        var store = read();
        var key = key(store);
        key.decrypt(PROOF, store.path("proof"), file);
        store.withObjectProperty("secrets").set(name, key.encrypt(name, value));
        write(store);
    }

    /** Takes a secret out; returns whether it was there. */
    public boolean remove(String name) {
        if (!names().contains(name)) return false;
        var store = read();
        store.withObjectProperty("secrets").remove(name);
        write(store);
        return true;
    }

    @Override
    public String place(String name) {
        return "the store " + file;
    }

    private StoreKey key(ObjectNode store) {
        if (key == null) key = StoreKey.of(store.path("key"), keyFile, passphrase);
        return key;
    }

    private ObjectNode read() {
        OwnerOnly.require(file);
        try {
            if (JSON.readTree(file.toFile()) instanceof ObjectNode store) return store;
            throw new IOException("it is no store of wfumig's");
        } catch (IOException e) {
            throw OwnerOnly.unusable(file, e);
        }
    }

    private void write(ObjectNode store) {
        try {
            OwnerOnly.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(store));
        } catch (IOException e) {
            throw OwnerOnly.unusable(file, e);
        }
    }
}
