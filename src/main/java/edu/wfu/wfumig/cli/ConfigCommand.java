package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.settings.Configuration;
import edu.wfu.wfumig.settings.Folders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Settings outside of plans. */
@Command(
        name = "config",
        description = "What plans may leave out: where environments, staging and the archive are.",
        synopsisSubcommandLabel = "COMMAND")
final class ConfigCommand extends WfumigCommand {
    enum Action {
        SET,
        GET,
        LIST
    }

    private static final String ACTION = "set FIELD=VALUE…, get FIELD, or list; FIELD= takes a value away.";
    private static final String PROJECT = "Write into the project's wfumig.json instead of the user's own file.";

    @Command(name = "env", description = "Settings of an environment.", mixinStandardHelpOptions = true)
    int env(
            @Parameters(paramLabel = "ENV") String name,
            @Parameters(paramLabel = "ACTION", description = ACTION) Action action,
            @Parameters(paramLabel = "FIELD[=VALUE]", arity = "0..*") @Nullable List<String> fields,
            @Option(names = "--project", description = PROJECT) boolean project) {
        return act("env." + name, action, fields, project);
    }

    @Command(name = "staging", description = "Settings of the staging place.", mixinStandardHelpOptions = true)
    int staging(
            @Parameters(paramLabel = "ACTION", description = ACTION) Action action,
            @Parameters(paramLabel = "FIELD[=VALUE]", arity = "0..*") @Nullable List<String> fields,
            @Option(names = "--project", description = PROJECT) boolean project) {
        return act("staging", action, fields, project);
    }

    @Command(name = "s3", description = "Settings of archives in S3.", mixinStandardHelpOptions = true)
    int s3(
            @Parameters(paramLabel = "ACTION", description = ACTION) Action action,
            @Parameters(paramLabel = "FIELD[=VALUE]", arity = "0..*") @Nullable List<String> fields,
            @Option(names = "--project", description = PROJECT) boolean project) {
        return act("s3", action, fields, project);
    }

    @Command(name = "secrets", description = "Where secrets are looked up.", mixinStandardHelpOptions = true)
    int secrets(
            @Parameters(paramLabel = "ACTION", description = ACTION) Action action,
            @Parameters(paramLabel = "FIELD[=VALUE]", arity = "0..*") @Nullable List<String> fields,
            @Option(names = "--project", description = PROJECT) boolean project) {
        return act("secrets", action, fields, project);
    }

    @Command(name = "list", description = "All settings, and where each comes from.", mixinStandardHelpOptions = true)
    int list() {
        var configuration = configuration();
        configuration.environments().forEach(name -> show(configuration, "env." + name));
        for (String section : List.of("staging", "s3", "secrets")) show(configuration, section);
        return ExitCode.DONE.number;
    }

    @Command(
            name = "wizard",
            description = "Ask for environments, staging and archive, test each connection, and write it all down.",
            mixinStandardHelpOptions = true)
    int wizard() {
        if (!terminal().present()) {
            throw refusal(
                    "the wizard asks, and there is no terminal", "a terminal", "wfumig config env ENV set host=…");
        }
        new ConfigWizard(environment(), terminal(), out()).run();
        return ExitCode.DONE.number;
    }

    private Configuration configuration() {
        return new Configuration(environment(), Folders.of(environment()));
    }

    private int act(String path, Action action, @Nullable List<String> fields, boolean project) {
        var configuration = configuration();
        var given = fields == null ? List.<String>of() : fields;
        switch (action) {
            case LIST -> show(configuration, path);
            case GET -> given.forEach(field -> out().println(value(configuration, path, field)));
            case SET -> {
                var settings = settings(path, given);
                var file = project ? configuration.project() : configuration.user();
                file.change(settings);
                out().println(settings.keySet().stream().sorted().toList() + " in " + file.path());
            }
        }
        return ExitCode.DONE.number;
    }

    private void show(Configuration configuration, String path) {
        configuration
                .section(path)
                .forEach((field, setting) ->
                        out().printf("%-28s %-32s (%s)%n", path + "." + field, setting.value(), setting.from()));
    }

    private static String value(Configuration configuration, String path, String field) {
        Configuration.requireKnown(path.replaceFirst("\\..*", ""), field);
        return configuration
                .value(path + "." + field)
                .orElseThrow(() -> refusal(path + "." + field + " is not set", "a value", ""));
    }

    private static Map<String, String> settings(String path, List<String> given) {
        if (given.isEmpty()) throw refusal("nothing to set", "FIELD=VALUE", "");
        var settings = new LinkedHashMap<String, String>();
        for (String one : given) {
            int equals = one.indexOf('=');
            String field = equals < 0 ? one : one.substring(0, equals);
            Configuration.requireKnown(path.replaceFirst("\\..*", ""), field);
            if (equals < 0) throw refusal("'" + field + "' without a value", field + "=VALUE", "");
            settings.put(path + "." + field, one.substring(equals + 1));
        }
        return settings;
    }

    private static Refusal refusal(String found, String expected, String next) {
        return new Refusal(Refusal.Kind.INVALID, Problem.of(found, expected, "nothing was written", next));
    }
}
