package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "secret",
        description =
                "Look after the secrets that plans name. A value is never shown, and never taken from the command line.",
        synopsisSubcommandLabel = "COMMAND")
final class SecretCommand extends WfumigCommand {
    @Command(
            name = "set",
            description = "Put a secret into the encrypted store: typed at the terminal, or from standard input.",
            mixinStandardHelpOptions = true)
    int set(
            @Parameters(paramLabel = "NAME", description = "As in secret('NAME') of a plan.") String name,
            @Parameters(arity = "0..*", hidden = true) @Nullable List<String> more,
            @Option(names = "--passphrase", description = "Make a new store with a passphrase instead of a key file.")
                    boolean withPassphrase)
            throws IOException {
        if (more != null && !more.isEmpty()) {
            throw refusal(
                    "a value stands on the command line, where every user of this machine can see it",
                    "a value that is typed, or comes from standard input",
                    "change it where it is used, then: wfumig secret set " + name);
        }
        if (name.isBlank()) throw refusal("a secret without a name", "a name such as uat-db", "");
        var store = new SecretPlaces(environment(), terminal()).store();
        if (store.exists() && withPassphrase) {
            throw refusal(
                    "there is a store already: " + store.file(),
                    "--passphrase only with the first secret",
                    "move the store away to begin a new one");
        }
        String value = value(name);
        if (!store.exists()) store.create(withPassphrase);
        store.set(name, value);
        out().println("'" + name + "' is in " + store.file());
        return ExitCode.DONE.number;
    }

    private String value(String name) throws IOException {
        String value;
        if (terminal().present()) {
            value = terminal().askHidden("Value of '" + name + "': ");
            String again = terminal().askHidden("Once more: ");
            if (value != null && !value.equals(again)) throw refusal("two different values", "the same twice", "");
        } else {
            value = terminal().input().replaceFirst("\\r?\\n\\z", "");
        }
        if (value == null || value.isEmpty()) throw refusal("an empty value", "a value", "");
        return value;
    }

    @Command(
            name = "list",
            description = "The names of the secrets, and where each is.",
            mixinStandardHelpOptions = true)
    int list() throws IOException {
        var places = new SecretPlaces(environment(), terminal());
        var found = new TreeMap<String, String>();
        places.store().names().forEach(name -> found.put(name, places.store().place(name)));
        places.files().names().forEach(name -> found.merge(name, places.files().place(name), (a, b) -> a + "; " + b));
        environment().keySet().stream()
                .filter(name -> name.startsWith("WFUMIG_SECRET_"))
                .forEach(name -> found.put(name, "an environment variable"));
        out().println("looked up in this order: " + String.join(", ", places.order()));
        found.forEach((name, place) -> out().printf("  %-24s %s%n", name, place));
        return ExitCode.DONE.number;
    }

    @Command(name = "remove", description = "Take a secret out of the store.", mixinStandardHelpOptions = true)
    int remove(@Parameters(paramLabel = "NAME") String name) {
        var store = new SecretPlaces(environment(), terminal()).store();
        if (!store.remove(name)) {
            throw refusal("the store has no secret '" + name + "'", "one of " + store.names(), "wfumig secret list");
        }
        out().println("'" + name + "' is gone from " + store.file());
        return ExitCode.DONE.number;
    }

    private static Refusal refusal(String found, String expected, String next) {
        return new Refusal(Refusal.Kind.INVALID, Problem.of(found, expected, "nothing was written", next));
    }
}
