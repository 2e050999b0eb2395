package edu.wfu.wfumig.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Quantity;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.ScopeId;
import edu.wfu.wfumig.archive.ArchiveFailure;
import edu.wfu.wfumig.archive.ArchiveStore;
import edu.wfu.wfumig.archive.disk.DirectoryArchive;
import edu.wfu.wfumig.dsl.PlanLanguage;
import edu.wfu.wfumig.plan.Plan;
import edu.wfu.wfumig.steps.ArchiveRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "archive", description = "Look into an archive, or fetch from it.", synopsisSubcommandLabel = "COMMAND")
final class ArchiveCommand extends WfumigCommand {
    @Command(
            name = "list",
            description =
                    "What an archive holds, the newest run first: of a plan's target; without a plan, of all environments.",
            mixinStandardHelpOptions = true)
    int list(
            @Parameters(
                            paramLabel = "PLAN",
                            arity = "0..1",
                            description = "The plan that names the archive (default: the S3 that is configured).")
                    @Nullable
                    Path file,
            @Option(
                            names = "--param",
                            paramLabel = "NAME=VALUE",
                            description = "A value for param('NAME') in that plan.")
                    @Nullable
                    Map<String, String> params,
            @Option(names = "--archive", paramLabel = "DIR", description = "A directory with an archive.") @Nullable
                    Path directory,
            @Option(names = "--site", paramLabel = "SITE", description = "Only this: a site's number, or 'network'.")
                    @Nullable
                    String site,
            @Option(names = "--json", description = "As JSON.") boolean json)
            throws IOException {
        var plan = file == null ? null : read(file, params);
        String place = plan == null ? "" : plan.to();
        try (var archive = directory == null ? open(plan) : new DirectoryArchive(directory)) {
            var held = archived(archive, plan == null ? "" : place + "/").stream()
                    .filter(part ->
                            site == null || part.scope().equals(scope(site).text()))
                    .toList();
            if (json) {
                out().println(new ObjectMapper()
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(held));
                return ExitCode.DONE.number;
            }
            out().println(archive + (held.isEmpty() ? " holds nothing" + (plan == null ? "" : " of " + place) : ""));
            held.forEach(part -> out().printf(
                            "  %s  %-10s %9s  %s%n",
                            part.run(), part.scope(), Quantity.bytes(part.bytes()), String.join(" ", part.files())));
        }
        return ExitCode.DONE.number;
    }

    private static List<ArchivedScope> archived(ArchiveStore archive, String prefix) {
        try {
            return ArchivedScope.of(archive.list(prefix));
        } catch (IOException e) {
            throw refusal(e, "the archive cannot be listed");
        }
    }

    @Command(
            name = "fetch",
            description = "Fetch a run, or one site of it, and hold its dumps against their manifests.",
            mixinStandardHelpOptions = true)
    int fetch(
            @Parameters(paramLabel = "RUN", description = "The id of a run.") String run,
            @Option(names = "--site", paramLabel = "SITE", description = "Only this: a site's number, or 'network'.")
                    @Nullable
                    String site,
            @Option(
                            names = "--into",
                            paramLabel = "DIR",
                            description = "Where to (default: a folder named as the run).")
                    @Nullable
                    Path into,
            @Option(
                            names = "--plan",
                            paramLabel = "PLAN",
                            description = "The plan that names the archive (default: the run's own, from its ledger).")
                    @Nullable
                    Path file,
            @Option(
                            names = "--param",
                            paramLabel = "NAME=VALUE",
                            description = "A value for param('NAME') in that plan.")
                    @Nullable
                    Map<String, String> params) {
        var plan = file == null ? new RunFolder(runs().folderOf(run)).plan(environment()) : read(file, params);
        Path to = into == null ? Path.of(run) : into;
        try (var archive = open(plan)) {
            String key = ArchiveRunner.key(plan.to(), run);
            var fetched = new ArchiveFetch(archive, key, to).fetch(site == null ? "" : scope(site) + "/");
            if (fetched.files() == 0) {
                throw new Refusal(
                        Refusal.Kind.INVALID,
                        Problem.of(
                                archive + " holds nothing under " + key + (site == null ? "" : scope(site)),
                                "a run and a site that are archived",
                                "nothing was fetched",
                                "wfumig archive list PLAN"));
            }
            out().println(Quantity.of(fetched.files(), "file") + " of " + run + " are in " + to + "; "
                    + Quantity.of(fetched.dumps(), "dump") + " with " + Quantity.of(fetched.rows(), "row")
                    + " agree with their manifests");
        } catch (IOException e) {
            throw refusal(e, run + " cannot be fetched into " + to);
        }
        return ExitCode.DONE.number;
    }

    private static Refusal refusal(IOException e, String doing) {
        return ArchiveFailure.refusal(e, doing, "the archive is as it was", "");
    }

    private static ScopeId scope(String site) {
        return new ScopeId(site.matches("\\d+") ? "site-" + site : site);
    }

    private Plan read(Path file, @Nullable Map<String, String> params) {
        return PlanLanguage.read(
                PlanLanguage.find(file),
                PlanOptions.values(environment(), params == null ? Map.of() : params, Map.of()));
    }

    /** @param plan that names it; null for what is configured */
    private ArchiveStore open(@Nullable Plan plan) {
        var archive = Archives.open(plan == null ? Archives.configured(environment()) : plan.archive(), secrets());
        if (archive != null) return archive;
        throw new Refusal(
                Refusal.Kind.INVALID,
                plan == null
                        ? Problem.of(
                                "no archive is configured, and no plan is named",
                                "--archive DIR, a plan, or wfumig config s3 set bucket=…",
                                "nothing was changed",
                                "wfumig archive list PLAN")
                        : Problem.of(
                                "the plan " + plan.name() + " names no archive",
                                "archive { directory '…' } or archive { s3 { … } }",
                                "nothing was changed",
                                "name the plan that the run was archived with"));
    }
}
