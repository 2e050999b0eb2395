package edu.wfu.wfumig.settings;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Secrets in environment variables: {@code uat-db} is in {@code WFUMIG_SECRET_UAT_DB}. */
public record EnvironmentSecrets(Map<String, String> environment) implements SecretSource {
    @Override
    public Optional<String> find(String name) {
        return Optional.ofNullable(environment.get(variable(name)));
    }

    @Override
    public String place(String name) {
        return "the environment variable " + variable(name);
    }

    static String variable(String name) {
        return "WFUMIG_SECRET_" + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
