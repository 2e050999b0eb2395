package edu.wfu.wfumig.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.wfu.wfumig.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * A file of settings, as JSON: sections, of which {@code env} holds one for each environment. In here a setting is named by its path,
 * as in {@code env.uat.host}.
 *
 * @param own whether it is the user's own, which nobody else may read, rather than a project's, which stands in its Git
 */
public record ConfigurationFile(Path path, boolean own) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** All settings in it; none when it is not there. */
    public Map<String, String> load() {
        var settings = new TreeMap<String, String>();
        flatten("", read(), settings);
        return settings;
    }

    private static void flatten(String path, JsonNode node, Map<String, String> settings) {
        node.properties().forEach(field -> {
            String key = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            if (field.getValue().isObject()) flatten(key, field.getValue(), settings);
            else settings.put(key, field.getValue().asText());
        });
    }

    /** Sets what is given, takes away what is given as an empty text, and keeps the rest. */
    public void change(Map<String, String> settings) {
        var root = read();
        settings.forEach((key, value) -> {
            // The first and the last part are section and field; an environment's name between them may have dots.
            int first = key.indexOf('.');
            int last = key.lastIndexOf('.');
            var section = root.withObjectProperty(key.substring(0, first));
            if (last > first) section = section.withObjectProperty(key.substring(first + 1, last));
            if (value.isEmpty()) section.remove(key.substring(last + 1));
            else section.put(key.substring(last + 1), value);
        });
        try {
            byte[] content = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
            if (own) OwnerOnly.write(path, content);
            else Files.write(path, content);
        } catch (IOException e) {
            throw OwnerOnly.unusable(path, e);
        }
    }

    private ObjectNode read() {
        if (!Files.exists(path)) return JSON.createObjectNode();
        if (own) OwnerOnly.require(path);
        try {
            if (JSON.readTree(path.toFile()) instanceof ObjectNode root) return root;
            throw new IOException("it is no JSON object");
        } catch (IOException e) {
            throw OwnerOnly.unusable(path, e);
        }
    }
}
