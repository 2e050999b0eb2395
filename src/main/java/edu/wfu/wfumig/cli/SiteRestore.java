package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.ScopeId;
import edu.wfu.wfumig.archive.ArchiveStore;
import edu.wfu.wfumig.dsl.PlanLanguage;
import edu.wfu.wfumig.dump.Manifest;
import edu.wfu.wfumig.dump.Manifest.Definition;
import edu.wfu.wfumig.dump.Manifest.TablePart;
import edu.wfu.wfumig.plan.Environment;
import edu.wfu.wfumig.plan.Extent;
import edu.wfu.wfumig.plan.Extent.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Brings a dump back into an environment, as any change is brought: staged, verified, backed up, swapped in.
 *
 * <ol>
 *   <li>The dump is found, and its manifest brought to where the run will look for it.
 *   <li>The manifest must be of the scope and the environment that are meant.
 *   <li>It becomes a plan: of a site, whose address stays the target's; or of tables by their names.
 *   <li>When that is confirmed the dump itself is brought; the run's first step holds every row of it against the manifest.
 * </ol>
 */
final class SiteRestore {
    private final WfumigCommand command;
    private final BackupChoice backup;
    private final String env;
    private final boolean elsewhere;
    private final ChangeOptions changes;
    private @Nullable ArchiveStore archive;

    /** @param elsewhere whether the dump may be one of another environment */
    SiteRestore(WfumigCommand command, BackupChoice backup, String env, boolean elsewhere, ChangeOptions changes) {
        this.command = command;
        this.backup = backup;
        this.env = env;
        this.elsewhere = elsewhere;
        this.changes = changes;
    }

    int run() throws IOException {
        try {
            var choice = changes.hand().environments();
            var target = choice.find(command.environment(), env);
            var found = backup.find(command.runs().folder(), this::open, env);
            var text = new PlanText("restore-" + env);
            choice.describe(text, command.environment(), env);
            text.ends(env, env);
            try (var run = new HandRun(command, changes.hand(), text)) {
                var scope = found.scope();
                var dump = run.work().source(scope == null ? ScopeId.TABLES : scope);
                found.place().bringManifest(dump);
                var manifest = Manifest.alone(dump);
                check(manifest, found, target);
                var restored = describe(text, manifest, target);
                var wanted = run.work().source(restored);
                if (!wanted.equals(dump)) found.place().bringManifest(wanted);
                changes.describe(text, command);
                return run.change(new Extent(Part.RESTORE, wanted.toString()), changes, work -> {
                    found.place().bringDump(wanted);
                    Manifest.of(wanted);
                });
            }
        } finally {
            if (archive != null) archive.close();
        }
    }

    /** The archive of the plan, or the one that is configured. */
    private @Nullable ArchiveStore open() {
        var choice = changes.hand().environments();
        var text = new PlanText("archive");
        choice.describe(text, command.environment(), env);
        text.ends(env, env).tables(List.of("*"), choice.find(command.environment(), env));
        changes.describeArchive(text, command);
        var plan = PlanLanguage.read(
                text.toString(), text.name(), choice.values(command.environment()), Extent.of(Part.BACKUP));
        archive = Archives.open(plan.archive(), command.secrets());
        return archive;
    }

    private void check(Manifest manifest, BackupChoice.Found found, Environment target) {
        var problems = new ArrayList<Problem>();
        var scope = found.scope();
        if (scope != null && !manifest.scope().equals(scope.text())) {
            problems.add(problem(
                    found.place() + " is a dump of " + manifest.scope() + ", its place says " + scope,
                    "the dump of " + scope,
                    "look for the right one, or name this one with --site"));
        }
        if (manifest.bytes() == Manifest.NO_FILE) {
            problems.add(problem(
                    "the manifest of " + found.place() + " describes a dump that was never written",
                    "a dump with its rows",
                    "name another one with --dump"));
        }
        String from = manifest.environment() == null ? found.environment() : manifest.environment();
        // A schema of the same name proves nothing: prod and uat may both be called wordpress.
        boolean other = !target.name().equals(from) || !manifest.schema().equals(target.schema());
        if (other && !elsewhere) {
            problems.add(problem(
                    found.place() + " is a dump of "
                            + (from == null ? "an environment that nobody knows, " : "'" + from + "', ") + "schema "
                            + manifest.schema() + ", and '" + target.name() + "' is schema " + target.schema(),
                    "a dump of '" + target.name() + "'",
                    command.typed() + " --from-elsewhere, if that is what you want"));
        }
        if (manifest.server().startsWith("PostgreSQL") != target.server().postgres()) {
            problems.add(problem(
                    found.place() + " is a dump of " + manifest.server(),
                    "one of the product that '" + target.name() + "' is",
                    ""));
        }
        if (!problems.isEmpty()) throw new Refusal(Refusal.Kind.INVALID, problems);
    }

    private static Problem problem(String found, String expected, String next) {
        return Problem.of(found, expected, "nothing was written to any database", next);
    }

    /** Puts what the dump holds into a plan; returns the scope that this makes. */
    private static ScopeId describe(PlanText text, Manifest manifest, Environment target) {
        long site = new ScopeId(manifest.scope()).site();
        if (site >= 0) {
            text.sites(List.of(site));
            return ScopeId.ofSite(site);
        }
        var names = Stream.concat(
                        manifest.tables().stream().map(TablePart::name),
                        manifest.views().stream().map(Definition::name))
                .toList();
        text.tables(names, target.in(manifest.schema()));
        return ScopeId.TABLES;
    }
}
