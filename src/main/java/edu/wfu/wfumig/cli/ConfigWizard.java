package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.archive.ArchiveFailure;
import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.settings.Configuration;
import edu.wfu.wfumig.settings.Folders;
import edu.wfu.wfumig.settings.Secrets;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks for what plans may leave out.
 *
 * <ol>
 *   <li>Environments, one after the other, until a name is left empty; then staging; then an archive in S3.
 *   <li>What is known already is offered; Enter keeps it.
 *   <li>Each connection is tried. What does not work is told and can be corrected; what is given up is not written.
 *   <li>Passwords go into the encrypted store, the rest into the user's file.
 * </ol>
 */
final class ConfigWizard {
    private final Map<String, String> environment;
    private final Terminal terminal;
    private final PrintWriter out;
    private final Configuration configuration;

    ConfigWizard(Map<String, String> environment, Terminal terminal, PrintWriter out) {
        this.environment = environment;
        this.terminal = terminal;
        this.out = out;
        configuration = new Configuration(environment, Folders.of(environment));
    }

    void run() {
        String name = ask("Name of an environment, as in uat (empty: go on)", "");
        while (!name.isEmpty()) {
            environment(name);
            name = ask("Name of another environment (empty: go on)", "");
        }
        staging();
        archive();
        out.println("See it all: wfumig config list");
    }

    private void environment(String name) {
        var known = known("env." + name);
        do {
            put(known, "product", "mysql");
            boolean postgres = "postgres".equals(known.get("product"));
            put(known, "host", "");
            put(known, "port", postgres ? "5432" : "3306");
            if (postgres) put(known, "database", "");
            put(known, "schema", postgres ? "public" : "");
            put(known, "user", "");
            if (!postgres) put(known, "url", "");
            put(known, "secret", name + "-db");
            password(known.getOrDefault("secret", name + "-db"));
            if (answers(name, known)) {
                write("env." + name, known);
                return;
            }
        } while (again());
    }

    /** Tries a server and tells what it found. */
    private boolean answers(String name, Map<String, String> settings) {
        try {
            var server = ConfiguredEnvironment.of(name, settings);
            Database database = Servers.connect(server.server(), Path.of(""), secrets());
            try (var catalogue = database.catalogue()) {
                boolean there = catalogue.hasSchema(server.schema());
                out.println("  " + catalogue.facts() + " answers; the schema " + server.schema()
                        + (there ? " is there" : " is not there, or the account may not see it"));
                return there;
            }
        } catch (Refusal refusal) {
            refusal.problems()
                    .forEach(problem -> out.println("  " + problem.toString().replace("\n", "\n  ")));
            return false;
        } catch (NumberFormatException e) {
            out.println("  '" + settings.get("port") + "' is not a port");
            return false;
        }
    }

    private void staging() {
        var known = known("staging");
        put(known, "schema", "");
        if (known.getOrDefault("schema", "").isEmpty()) return;
        write("staging", known);
    }

    private void archive() {
        var known = known("s3");
        do {
            put(known, "bucket", "");
            if (known.getOrDefault("bucket", "").isEmpty()) return;
            put(known, "region", "");
            put(known, "prefix", "");
            put(known, "endpoint", "");
            if (known.containsKey("endpoint")) put(known, "path-style", "true");
            put(known, "access-key-secret", "");
            if (known.containsKey("access-key-secret")) {
                put(known, "secret-key-secret", "");
                password(known.getOrDefault("access-key-secret", ""));
                if (known.containsKey("secret-key-secret")) password(known.getOrDefault("secret-key-secret", ""));
            }
            if (takes(known)) {
                write("s3", known);
                return;
            }
        } while (again());
    }

    /** Tries a bucket and tells what it found. */
    private boolean takes(Map<String, String> settings) {
        try (var archive = Archives.open(Archives.s3(settings), secrets())) {
            if (archive == null) return false;
            archive.probe();
            out.println("  " + archive + " can be written");
            return true;
        } catch (IOException e) {
            out.println("  " + ArchiveFailure.problem(e, "the archive cannot be written", "", ""));
        } catch (Refusal refusal) {
            refusal.problems().forEach(problem -> out.println("  " + problem));
        } catch (IllegalArgumentException e) {
            out.println("  this is no address of a server"); // what was typed may hold a password
        }
        return false;
    }

    private Secrets secrets() {
        return new SecretPlaces(environment, terminal).all();
    }

    /** What is set so far. */
    private Map<String, String> known(String path) {
        var known = new TreeMap<String, String>();
        configuration.section(path).forEach((field, setting) -> known.put(field, setting.value()));
        return known;
    }

    private void put(Map<String, String> settings, String field, String otherwise) {
        String answer = ask("  " + field, settings.getOrDefault(field, otherwise));
        if (answer.isEmpty() || answer.equals("-")) settings.remove(field);
        else settings.put(field, answer);
    }

    private void password(String name) {
        String typed = terminal.askHidden("  value of the secret '" + name + "' (empty: as it is): ");
        if (typed == null || typed.isEmpty()) return;
        var store = new SecretPlaces(environment, terminal).store();
        if (!store.exists()) store.create(false);
        store.set(name, typed);
    }

    private boolean again() {
        return !ask("Correct it? [yes/no]", "yes").startsWith("n");
    }

    private String ask(String what, @Nullable String known) {
        String offered = known == null || known.isEmpty() ? "" : " [" + known + "]";
        String answer = terminal.ask(what + offered + ": ");
        if (answer == null) throw new Refusal(Refusal.Kind.INVALID, Problem.of("no answer", "an answer", "", ""));
        return answer.isBlank() ? (known == null ? "" : known) : answer.trim();
    }

    private void write(String path, Map<String, String> settings) {
        var changes = new LinkedHashMap<String, String>();
        known(path).keySet().forEach(field -> changes.put(path + "." + field, ""));
        settings.forEach((field, value) -> changes.put(path + "." + field, value));
        configuration.user().change(changes);
        out.println("  written to " + configuration.user().path());
    }
}
