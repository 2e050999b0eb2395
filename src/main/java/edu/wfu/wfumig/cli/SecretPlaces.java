package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.settings.Configuration;
import edu.wfu.wfumig.settings.EnvironmentSecrets;
import edu.wfu.wfumig.settings.FileSecrets;
import edu.wfu.wfumig.settings.Folders;
import edu.wfu.wfumig.settings.LocalStore;
import edu.wfu.wfumig.settings.SecretSource;
import edu.wfu.wfumig.settings.Secrets;
import edu.wfu.wfumig.settings.aws.AwsSecrets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The places where secrets are looked up, in the order that {@code secrets.sources} says: {@code env,file,store} when it is silent. */
final class SecretPlaces {
    private final Map<String, String> environment;
    private final Configuration configuration;
    private final Folders folders;
    private final Terminal terminal;

    SecretPlaces(Map<String, String> environment, Terminal terminal) {
        this.environment = environment;
        this.terminal = terminal;
        folders = Folders.of(environment);
        configuration = new Configuration(environment, folders);
    }

    Secrets all() {
        var sources = new ArrayList<SecretSource>();
        for (String word : order()) sources.add(source(word));
        return new Secrets(List.copyOf(sources));
    }

    List<String> order() {
        String order = configuration.value("secrets.sources").orElse("env,file,store");
        return List.of(order.split("\\s*,\\s*"));
    }

    private SecretSource source(String word) {
        return switch (word) {
            case "env" -> new EnvironmentSecrets(environment);
            case "file" -> files();
            case "store" -> store();
            case "aws" -> new AwsSecrets(aws());
            default ->
                throw new Refusal(
                        Refusal.Kind.INVALID,
                        Problem.of(
                                "secrets.sources names '" + word + "'",
                                "env, file, store and aws, in the order in which to look",
                                "nothing was written",
                                "wfumig config secrets set sources=env,file,store"));
        };
    }

    FileSecrets files() {
        var directory = configuration.value("secrets.directory").map(Path::of);
        return new FileSecrets(environment, directory.orElse(folders.config().resolve("secrets")), directory.isEmpty());
    }

    LocalStore store() {
        return new LocalStore(folders.config().resolve("secrets.json"), folders.secretsKey(), this::passphrase);
    }

    private Map<String, String> aws() {
        var settings = new TreeMap<String, String>();
        configuration.section("secrets").forEach((field, setting) -> {
            if (field.startsWith("aws-")) settings.put(field.substring(4), setting.value());
        });
        return settings;
    }

    private char[] passphrase() {
        String given = environment.get("WFUMIG_PASSPHRASE");
        if (given != null) return given.toCharArray();
        String typed = terminal.present() ? terminal.askHidden("Passphrase of the secrets: ") : null;
        if (typed != null) return typed.toCharArray();
        throw new Refusal(
                Refusal.Kind.FAILED,
                Problem.of(
                        "the store of secrets needs its passphrase, and there is no terminal to ask",
                        "the environment variable WFUMIG_PASSPHRASE",
                        "nothing was written",
                        "export WFUMIG_PASSPHRASE=…"));
    }
}
