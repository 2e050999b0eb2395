package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.embedded.Product;
import edu.wfu.wfumig.settings.Folders;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code wfumig}. */
@Command(
        name = "wfumig",
        description = "Moves WordPress networks between environments: planned, staged, proved, undoable.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            ValidateCommand.class,
            PlanCommand.class,
            DoctorCommand.class,
            RehearseCommand.class,
            RunCommand.class,
            MigrateCommand.class,
            SiteCommand.class,
            ResumeCommand.class,
            PauseCommand.class,
            AbortCommand.class,
            RollbackCommand.class,
            StatusCommand.class,
            ListCommand.class,
            ReportCommand.class,
            LogsCommand.class,
            StagingCommand.class,
            ArchiveCommand.class,
            CleanCommand.class,
            UnlockCommand.class,
            MarkCommand.class,
            SecretCommand.class,
            ConfigCommand.class,
            RewriteCommand.class,
            SchemaCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 all done and verified, 1 failed, 2 usage or invalid plan, 3 partly done, 4 paused, 5 locked,",
            "6 stale plan, 7 verification mismatch, 10 changes pending (plan --exit-code), 130 interrupted."
        })
public final class Main implements Runnable {
    @Option(
            names = "--state-dir",
            scope = ScopeType.INHERIT,
            description = "Where ledgers are kept (default: $XDG_STATE_HOME/wfumig/migrations).")
    private Path stateDir = Folders.ofThisUser().state();

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Say where a message came from; the same as WFUMIG_DEBUG=1.")
    private boolean debug;

    @Spec
    private CommandSpec spec;

    final Map<String, String> environment;
    final Terminal terminal;

    Main(Map<String, String> environment, Terminal terminal) {
        this.environment = environment;
        this.terminal = terminal;
    }

    Path stateDir() {
        return stateDir;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(name = "completion", description = "Print a completion script for bash and zsh.")
    void completion() {
        spec.commandLine().getOut().print(AutoComplete.bash("wfumig", spec.commandLine()));
        spec.commandLine().getOut().flush();
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"wfumig " + Product.load().version()};
        }
    }

    /** Runs a command line as if from a shell; returns the exit code. */
    public static int run(String[] args, Map<String, String> environment, PrintWriter out, PrintWriter err) {
        return run(args, environment, Terminal.ofThisProcess(), out, err);
    }

    /** The same with somebody else at the terminal. */
    public static int run(
            String[] args, Map<String, String> environment, Terminal terminal, PrintWriter out, PrintWriter err) {
        var main = new Main(environment, terminal);
        var line = new CommandLine(main);
        line.setOut(out);
        line.setErr(err);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        if (environment.containsKey("NO_COLOR") || System.console() == null) {
            line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        }
        line.setExecutionExceptionHandler((thrown, command, parsed) -> {
            if (thrown instanceof Refusal refusal) {
                refusal.problems().forEach(problem -> command.getErr().println(problem));
                if (main.debug) thrown.printStackTrace(command.getErr());
                command.getErr().flush();
                return ExitCode.of(refusal).number;
            }
            command.getErr().println("unexpected: " + thrown);
            if (main.debug || environment.containsKey("WFUMIG_DEBUG")) thrown.printStackTrace(command.getErr());
            else command.getErr().println("  next:     try again with --debug, to see where it came from");
            command.getErr().flush();
            return ExitCode.FAILED.number;
        });
        return line.execute(args);
    }

    public static void main(String[] args) {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = run(args, System.getenv(), out, err);
        out.flush();
        err.flush();
        System.exit(code);
    }
}
