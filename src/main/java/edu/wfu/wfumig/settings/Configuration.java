package edu.wfu.wfumig.settings;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is configured outside of plans. A setting is taken from the first place that has it:
 *
 * <ol>
 *   <li>an environment variable: {@code env.uat.host} is in {@code WFUMIG_ENV_UAT_HOST};
 *   <li>the project's file, {@code wfumig.json} in the folder in which wfumig is started, or the file that
 *       {@code WFUMIG_PROJECT_FILE} names;
 *   <li>the user's file, {@code $XDG_CONFIG_HOME/wfumig/config.json}.
 * </ol>
 *
 * The command line and the plan come before all of them; that is the plan language's affair. No place holds a password: a setting may
 * name a secret.
 */
public final class Configuration {
    /** The settings of each section. */
    public static final Map<String, List<String>> FIELDS = Map.of(
            "env",
                    List.of(
                            "product",
                            "host",
                            "port",
                            "database",
                            "schema",
                            "user",
                            "secret",
                            "ssl",
                            "ssl-root-certificate",
                            "prefix",
                            "url"),
            "staging", List.of("host", "port", "schema", "user", "secret", "ssl", "ssl-root-certificate"),
            "s3",
                    List.of(
                            "bucket",
                            "region",
                            "prefix",
                            "endpoint",
                            "path-style",
                            "storage-class",
                            "encryption",
                            "kms-key",
                            "profile",
                            "access-key-secret",
                            "secret-key-secret",
                            "session-token-secret"),
            "secrets", List.of("sources", "directory", "aws-region", "aws-prefix", "aws-endpoint", "aws-profile"));

    private final Map<String, String> environment;
    private final ConfigurationFile project;
    private final ConfigurationFile user;
    private final Map<String, String> ofProject;
    private final Map<String, String> ofUser;

    public Configuration(Map<String, String> environment, Folders folders) {
        this.environment = environment;
        project = new ConfigurationFile(Path.of(environment.getOrDefault("WFUMIG_PROJECT_FILE", "wfumig.json")), false);
        user = new ConfigurationFile(folders.config().resolve("config.json"), true);
        ofProject = project.load();
        ofUser = user.load();
    }

    /** A setting and the place it was taken from. */
    public record Setting(String value, String from) {}

    public Optional<Setting> find(String key) {
        String variable = variable(key);
        if (environment.containsKey(variable)) return Optional.of(new Setting(environment.get(variable), variable));
        if (ofProject.containsKey(key))
            return Optional.of(new Setting(ofProject.get(key), project.path().toString()));
        if (ofUser.containsKey(key))
            return Optional.of(new Setting(ofUser.get(key), user.path().toString()));
        return Optional.empty();
    }

    public Optional<String> value(String key) {
        return find(key).map(Setting::value);
    }

    /** The settings of a section, or of an environment such as {@code env.uat}, that have a value. */
    public Map<String, Setting> section(String path) {
        var found = new TreeMap<String, Setting>();
        for (String field : FIELDS.getOrDefault(path.replaceFirst("\\..*", ""), List.of())) {
            find(path + "." + field).ifPresent(setting -> found.put(field, setting));
        }
        return found;
    }

    /** The environments of which the files know something. */
    public List<String> environments() {
        var names = new ArrayList<String>();
        for (var settings : List.of(ofProject, ofUser)) {
            for (String key : settings.keySet()) {
                int last = key.lastIndexOf('.');
                if (key.startsWith("env.") && last > 4) names.add(key.substring(4, last));
            }
        }
        return names.stream().distinct().sorted().toList();
    }

    public ConfigurationFile project() {
        return project;
    }

    public ConfigurationFile user() {
        return user;
    }

    /** Refuses a setting that nobody knows, and one that looks like a password. */
    public static void requireKnown(String section, String field) {
        var known = FIELDS.getOrDefault(section, List.of());
        if (known.contains(field)) return;
        boolean password = field.matches("(?i).*(pass|pwd|token).*");
        throw new Refusal(
                Refusal.Kind.INVALID,
                Problem.of(
                        password
                                ? "'" + field + "': a configuration holds no passwords"
                                : "'" + field + "' is not a setting of " + section,
                        "one of " + String.join(", ", known),
                        "nothing was written",
                        password ? "secret=NAME here, and then: wfumig secret set NAME" : ""));
    }

    static String variable(String key) {
        return "WFUMIG_" + key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
