package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.ledger.Runs;
import edu.wfu.wfumig.settings.Secrets;
import java.io.PrintWriter;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What every command below {@code wfumig} has at hand. */
@Command(mixinStandardHelpOptions = true)
abstract class WfumigCommand {
    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** What was typed. */
    final String typed() {
        var words = spec.root().commandLine().getParseResult().originalArgs();
        return "wfumig "
                + words.stream()
                        .map(word -> word.contains(" ") ? "'" + word + "'" : word)
                        .collect(Collectors.joining(" "));
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    final Map<String, String> environment() {
        return main.environment;
    }

    final Terminal terminal() {
        return main.terminal;
    }

    final Secrets secrets() {
        return new SecretPlaces(environment(), terminal()).all();
    }

    final Runs runs() {
        return new Runs(main.stateDir());
    }
}
