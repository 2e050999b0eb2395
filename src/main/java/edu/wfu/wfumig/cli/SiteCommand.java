package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.plan.Extent.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "site", description = "The steps of a run by hand.", synopsisSubcommandLabel = "COMMAND")
final class SiteCommand extends WfumigCommand {
    private static final String ENV = "The environment, as it is configured or as --plan calls it.";

    @Command(
            name = "export",
            description = "Dump sites, or tables, into files with manifests. Changes nothing in any database.",
            mixinStandardHelpOptions = true)
    int export(
            @Mixin ScopeChoice scopes,
            @Option(names = "--env", required = true, paramLabel = "ENV", description = ENV) String env,
            @Option(
                            names = {"-o", "--output"},
                            required = true,
                            paramLabel = "FILE|DIR",
                            description = "Where to; what is there already is not replaced.")
                    String output,
            @Mixin HandOptions options)
            throws IOException {
        return new SiteReading(this, scopes, env, options).export(output);
    }

    @Command(
            name = "backup",
            description = "Dump sites, or tables, into the archive. Changes nothing in any database.",
            mixinStandardHelpOptions = true)
    int backup(
            @Mixin ScopeChoice scopes,
            @Option(names = "--env", required = true, paramLabel = "ENV", description = ENV) String env,
            @Option(
                            names = "--archive",
                            paramLabel = "DIR",
                            description =
                                    "Into this directory (default: the plan's archive, or the S3 that is configured).")
                    @Nullable
                    Path archive,
            @Mixin HandOptions options)
            throws IOException {
        return new SiteReading(this, scopes, env, options).backup(archive);
    }

    @Command(
            name = "verify",
            description = "Hold the tables of sites against what a run brought, or against a dump.",
            mixinStandardHelpOptions = true)
    int verify(
            @Mixin ScopeChoice scopes,
            @Option(names = "--env", required = true, paramLabel = "ENV", description = ENV) String env,
            @Option(
                            names = "--against",
                            paramLabel = "RUN|DUMP",
                            description = "A run, or a dump with its manifest (default: the newest run into ENV).")
                    @Nullable
                    String against,
            @Mixin HandOptions options)
            throws IOException {
        return new SiteReading(this, scopes, env, options).verify(against);
    }

    @Command(
            name = "restore",
            description = "Bring a dump back: staged, verified, backed up, swapped in, as any change.",
            mixinStandardHelpOptions = true)
    int restore(
            @Mixin BackupChoice backup,
            @Option(names = "--env", required = true, paramLabel = "ENV", description = ENV) String env,
            @Option(names = "--from-elsewhere", description = "The dump may be one of another environment or schema.")
                    boolean elsewhere,
            @Mixin ChangeOptions changes)
            throws IOException {
        return new SiteRestore(this, backup, env, elsewhere, changes).run();
    }

    @Command(
            name = "import",
            description =
                    "Bring a file of mysqldump, mariadb-dump or pg_dump: staged, verified, backed up, swapped in.",
            mixinStandardHelpOptions = true)
    int imported(
            @Mixin ImportChoice choice,
            @Option(names = "--env", required = true, paramLabel = "ENV", description = ENV) String env,
            @Mixin ChangeOptions changes)
            throws IOException {
        return new SiteImport(this, choice, env, changes).run();
    }

    @Command(
            name = "transform",
            description = "Rewrite sites where they are, as if they had just come from another environment.",
            mixinStandardHelpOptions = true)
    int transform(
            @Parameters(arity = "1..*", paramLabel = "SITE", description = "The numbers of the sites.")
                    List<Long> sites,
            @Option(
                            names = "--from",
                            required = true,
                            paramLabel = "ENV",
                            description = "The environment whose addresses stand in the tables.")
                    String from,
            @Option(names = "--to", required = true, paramLabel = "ENV", description = "The environment to rewrite.")
                    String to,
            @Mixin ChangeOptions changes)
            throws IOException {
        return MigrateCommand.run(this, sites, from, to, Part.TRANSFORM, changes);
    }
}
