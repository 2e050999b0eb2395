package edu.wfu.wfumig.settings;

import java.nio.file.Path;
import java.util.Map;

/** Where wfumig keeps things of its own. Source: the XDG Base Directory Specification. */
public record Folders(Map<String, String> environment, Path home) {
    public static Folders ofThisUser() {
        return new Folders(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    /** With these variables, and this user's home. */
    public static Folders of(Map<String, String> environment) {
        return new Folders(environment, Path.of(System.getProperty("user.home")));
    }

    /** Ledgers of all runs. */
    public Path state() {
        return base("XDG_STATE_HOME", ".local/state").resolve("wfumig/migrations");
    }

    /** What can be had again: embedded servers, start-up archives. */
    public Path cache() {
        return base("XDG_CACHE_HOME", ".cache").resolve("wfumig");
    }

    /** What the user has set, and secrets, encrypted. */
    public Path config() {
        return base("XDG_CONFIG_HOME", ".config").resolve("wfumig");
    }

    /** The key of the secrets: not beside them, because settings are copied and kept in Git more often than states are. */
    public Path secretsKey() {
        return base("XDG_STATE_HOME", ".local/state").resolve("wfumig/secrets.key");
    }

    private Path base(String variable, String otherwise) {
        String value = environment.get(variable);
        return value == null || value.isEmpty() ? home.resolve(otherwise) : Path.of(value);
    }
}
