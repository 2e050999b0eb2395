package edu.wfu.wfumig.schema;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import edu.wfu.wfumig.Location;
import edu.wfu.wfumig.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code version.json} token by token, because each problem is told with its line and no key may stand there twice: what
 * reads whole objects keeps the last of two in silence.
 */
final class DescriptionReader {
    private static final String KEYS = "version, name, file, dependencies, rollback, backup";

    private final Path file;
    private final List<Problem> problems;
    private final JsonParser json;
    private final List<DescriptionEntry> entries = new ArrayList<>();

    private DescriptionReader(Path file, List<Problem> problems, JsonParser json) {
        this.file = file;
        this.problems = problems;
        this.json = json;
    }

    static List<DescriptionEntry> read(Path file, List<Problem> problems) {
        if (!Files.isRegularFile(file)) {
            problems.add(Problem.at(
                    new Location(file.toString(), 0), "there is no such file", "a folder of migrations with one"));
            return List.of();
        }
        try (var json = new JsonFactory().createParser(file.toFile())) {
            var reader = new DescriptionReader(file, problems, json);
            reader.all();
            return reader.entries;
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            problems.add(Problem.at(
                    new Location(file.toString(), line), "this is no JSON: " + e.getOriginalMessage(), "JSON"));
            return List.of();
        } catch (IOException e) {
            problems.add(Problem.at(
                    new Location(file.toString(), 0), "cannot be read: " + e.getMessage(), "a file in UTF-8"));
            return List.of();
        }
    }

    private void all() throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            problem("this is no object", "{\"001\": {…}, …}");
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) entry(json.currentName(), here());
        if (entries.isEmpty()) problem("no migration is described", "{\"001\": {…}, …}");
    }

    private void entry(String id, Location at) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            problem("'" + id + "' is no object", "{\"version\": …, \"name\": …, \"file\": …}");
            json.skipChildren();
            return;
        }
        var lines = new HashMap<String, Integer>();
        var texts = new HashMap<String, String>();
        var dependencies = new ArrayList<String>();
        boolean backup = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            if (lines.put(key, here().line()) != null) problem("'" + key + "' of " + id + " stands here twice", "once");
            json.nextToken();
            switch (key) {
                case "version", "name", "file" -> text(id, key, texts);
                case "rollback" -> {
                    if (json.currentToken() != JsonToken.VALUE_NULL) text(id, key, texts);
                }
                case "dependencies" -> dependencies(id, dependencies);
                case "backup" -> backup = truth(id);
                default -> {
                    problem("'" + key + "' of " + id + " is not known", "one of " + KEYS);
                    json.skipChildren();
                }
            }
        }
        entries.add(new DescriptionEntry(
                id,
                at,
                Map.copyOf(lines),
                texts.get("version"),
                texts.get("name"),
                texts.get("file"),
                List.copyOf(dependencies),
                texts.get("rollback"),
                backup));
    }

    private void text(String id, String key, Map<String, String> texts) throws IOException {
        String found = textHere();
        if (found == null) problem("'" + key + "' of " + id + " is no text", "a text in quotes");
        else texts.put(key, found);
    }

    private void dependencies(String id, List<String> dependencies) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            problem("'dependencies' of " + id + " is no list", "[\"001\", …]");
            json.skipChildren();
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            String found = textHere();
            if (found == null) problem("'dependencies' of " + id + " holds what is no text", "[\"001\", …]");
            else if (dependencies.contains(found))
                problem("'dependencies' of " + id + " names " + found + " twice", "once");
            else dependencies.add(found);
        }
    }

    private boolean truth(String id) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_TRUE) return true;
        if (json.currentToken() != JsonToken.VALUE_FALSE) {
            problem("'backup' of " + id + " is neither true nor false", "true or false");
            json.skipChildren();
        }
        return false;
    }

    /** The text that stands here; null, and passed over, when it is something else. */
    private @Nullable String textHere() throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) return json.getText();
        json.skipChildren();
        return null;
    }

    private Location here() {
        return new Location(file.toString(), json.currentTokenLocation().getLineNr());
    }

    private void problem(String found, String expected) {
        problems.add(Problem.at(here(), found, expected));
    }
}
