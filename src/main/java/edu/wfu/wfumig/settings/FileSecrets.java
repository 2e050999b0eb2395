package edu.wfu.wfumig.settings;

import edu.wfu.wfumig.OwnerOnly;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Secrets in files of their own: the one that {@code WFUMIG_SECRET_UAT_DB_FILE} names, else {@code uat-db} in a directory. A line
 * feed at the end does not belong to the secret.
 *
 * @param own whether the directory is wfumig's: then a file that others can read is refused. Elsewhere that is the affair of who
 *     put it there; containers get theirs from Docker and Kubernetes readable for all who are in them.
 */
public record FileSecrets(Map<String, String> environment, Path directory, boolean own) implements SecretSource {
    @Override
    public Optional<String> find(String name) {
        String named = environment.get(EnvironmentSecrets.variable(name) + "_FILE");
        if (named != null) return Optional.of(read(Path.of(named)));
        if (!isFileName(name)) return Optional.empty();
        Path file = directory.resolve(name);
        if (!Files.isRegularFile(file)) return Optional.empty();
        if (own) OwnerOnly.require(file);
        return Optional.of(read(file));
    }

    @Override
    public String place(String name) {
        return isFileName(name) ? "the file " + directory.resolve(name) : "a file, for names without slashes";
    }

    /** The names of the secrets in the directory. */
    public List<String> names() throws IOException {
        if (!Files.isDirectory(directory)) return List.of();
        try (var files = Files.list(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(FileSecrets::isFileName)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isFileName(String name) {
        return name.matches("[A-Za-z0-9_][A-Za-z0-9._-]*");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).replaceFirst("\\r?\\n\\z", "");
        } catch (IOException e) {
            throw new Refusal(
                    Refusal.Kind.FAILED,
                    Problem.of(
                            "the secret's file " + file + (Files.exists(file) ? " cannot be read" : " is not there"),
                            "a text file",
                            "nothing was written",
                            "look at the file and its rights"),
                    e);
        }
    }
}
