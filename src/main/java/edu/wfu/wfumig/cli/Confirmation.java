package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.plan.Environment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How somebody says that a target is to be changed: by a yes, or by its name where the plan protects it. */
final class Confirmation {
    @Option(
            names = "--yes",
            description = "Do not ask before the target is changed; not enough where the plan protects it.")
    private boolean yes;

    @Option(
            names = "--confirm",
            paramLabel = "NAME",
            description = "The name of the environment that is to be changed: instead of asking for it.")
    private @Nullable String name;

    /**
     * Refuses unless somebody says so: the name of a protected environment, a yes for any other but an embedded one.
     *
     * @param command what to type instead, as far as it is known
     */
    void require(Environment target, Terminal terminal, String command) {
        require(target, terminal, command, "Replace these tables of '" + target.name() + "'?");
    }

    /** The same for what a question says. */
    void require(Environment target, Terminal terminal, String command, String question) {
        requireName(target, terminal, command);
        if (target.protection() != null || target.server().embedded() || yes || name != null) return;
        String what = target.name();
        if (!terminal.present()) {
            throw refusal(
                    "what changes '" + what + "' needs a yes, and there is no terminal to ask",
                    "--yes",
                    command + " --yes");
        }
        String answer = terminal.ask("\n" + question + " Type yes to go on: ");
        if (answer == null || !answer.trim().equals("yes")) throw refusal("you did not say yes", "yes", "");
    }

    /**
     * Refuses unless somebody says it twice, with a yes and with the name; a protected environment always.
     *
     * @param question what is asked first
     */
    void requireTwice(Environment target, Terminal terminal, String command, String question) {
        String wanted = target.name();
        if (target.protection() != null) {
            throw refusal("'" + wanted + "' is protected: this is never done to it", "another environment", "");
        }
        if (!terminal.present()) {
            if (yes && wanted.equals(name)) return;
            throw refusal(
                    "this needs a yes and the name of '" + wanted + "'",
                    "--yes --confirm " + wanted,
                    command + " --yes --confirm " + wanted);
        }
        String answer = terminal.ask("\n" + question + " Type yes to go on: ");
        if (answer == null || !answer.trim().equals("yes")) throw refusal("you did not say yes", "yes", "");
        String again = terminal.ask("It cannot be taken back. Type its name, '" + wanted + "', to go on: ");
        if (again == null || !again.trim().equals(wanted)) throw refusal("you did not type its name", wanted, "");
    }

    /** Refuses unless the name of a protected environment is given; other environments need nothing here. */
    void requireName(Environment target, Terminal terminal, String command) {
        String wanted = target.name();
        if (name != null && !name.equals(wanted)) {
            throw refusal(
                    "--confirm names '" + name + "', and it is '" + wanted + "' that would be changed",
                    "the name of the environment that is to be changed",
                    "look at the plan again");
        }
        if (target.protection() == null || name != null) return;
        String found = "'" + wanted + "' is protected: its name must be typed, a yes is not enough";
        String expected = "--confirm " + wanted;
        if (!terminal.present()) throw refusal(found, expected, command + " --confirm " + wanted);
        String answer = terminal.ask("\n'" + wanted + "' is protected. Type its name to change it: ");
        if (answer == null || !answer.trim().equals(wanted)) throw refusal(found, expected, "");
    }

    private static Refusal refusal(String found, String expected, String next) {
        return new Refusal(Refusal.Kind.INVALID, Problem.of(found, expected, "nothing was written", next));
    }
}
