package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.ScopeId;
import edu.wfu.wfumig.archive.ArchiveStore;
import edu.wfu.wfumig.dump.Manifest;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.steps.WorkFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Which dump is restored.
 *
 * <ol>
 *   <li>A file with a manifest beside it.
 *   <li>A folder that {@code archive fetch} made, or the folder of one scope in it.
 *   <li>A run: its dump in the work folder if that is there, else in the archive.
 * </ol>
 */
final class BackupChoice {
    /** The dumps of a run. */
    enum Kind {
        BACKUP,
        SOURCE,
        MIGRATED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(paramLabel = "BACKUP", description = "A run, a folder of archive fetch, or a dump that wfumig made.")
    private String backup = "";

    @Option(
            names = "--site",
            paramLabel = "SITE",
            description = "A site's number, 'network' or 'tables', where there is more than one.")
    private @Nullable String site;

    @Option(
            names = "--dump",
            paramLabel = "KIND",
            description = "Of a run: its backup, source or migrated (default: ${DEFAULT-VALUE}).")
    private Kind kind = Kind.BACKUP;

    /**
     * What was found.
     *
     * @param scope null where only the manifest knows
     * @param environment of which it is a dump; null where nobody knows
     */
    record Found(
            BackupPlace place,
            @Nullable ScopeId scope,
            @Nullable String environment) {}

    /**
     * Finds it.
     *
     * @param archive opened only where it is needed; null when there is none
     * @param env the environment that it is restored to
     */
    Found find(Path runs, Archive archive, String env) throws IOException {
        Path path = Path.of(backup);
        if (Files.isDirectory(path)) return inFolder(path);
        if (Files.exists(path) || Manifest.isComplete(path))
            return new Found(new BackupPlace.InFile(path), scope(), null);
        Path folder = runs.resolve(backup);
        if (Files.exists(folder.resolve("journal.jsonl"))) {
            var run = new RunFolder(folder);
            var graph = run.graph();
            var scope =
                    one(graph.scopes().stream().map(held -> held.id().text()).toList());
            Path dump = dump(new WorkFolder(Path.of(run.options().work())), scope);
            if (Manifest.isComplete(dump) && Files.exists(dump)) {
                return new Found(new BackupPlace.InFile(dump), scope, environment(graph));
            }
        }
        return inArchive(archive, env);
    }

    /** Opens the archive. */
    interface Archive {
        @Nullable
        ArchiveStore open();
    }

    private Found inArchive(Archive opens, String env) throws IOException {
        var archive = opens.open();
        if (archive == null) {
            throw refuse(
                    "'" + backup + "' is no file, no folder and no run whose dumps are here, and there is no archive",
                    "--archive DIR, a plan with an archive, or an S3 that is configured");
        }
        var held = of(archive, env + "/");
        if (held.isEmpty()) held = of(archive, "");
        var scope = one(held.stream().map(ArchivedScope::scope).distinct().toList());
        var found =
                held.stream().filter(one -> one.scope().equals(scope.text())).toList();
        String key = found.get(0).key();
        String target = target(key, found.get(0).run());
        // Of which environment the source's dump is, its key does not say.
        return new Found(
                new BackupPlace.InArchive(archive, key + kind.word()), scope, kind == Kind.SOURCE ? null : target);
    }

    private List<ArchivedScope> of(ArchiveStore archive, String prefix) throws IOException {
        return ArchivedScope.of(archive.list(prefix)).stream()
                .filter(one -> one.run().equals(backup) && !one.scope().equals("run"))
                .toList();
    }

    private static String target(String key, String run) {
        return key.substring(0, key.indexOf("/" + run + "/")).replaceFirst("/\\d{4}/\\d{2}/\\d{2}$", "");
    }

    private Found inFolder(Path folder) throws IOException {
        Path here = folder.resolve(kind.word() + ".sql.zst");
        if (Files.exists(here) || Manifest.isComplete(here)) {
            return new Found(
                    new BackupPlace.InFile(here),
                    scope(),
                    environmentOf(folder.toAbsolutePath().getParent()));
        }
        List<String> scopes;
        try (var below = Files.list(folder)) {
            scopes = below.filter(one -> Files.exists(one.resolve(kind.word() + ".sql.zst"))
                            || Manifest.isComplete(one.resolve(kind.word() + ".sql.zst")))
                    .map(one -> one.getFileName().toString())
                    .sorted()
                    .toList();
        }
        var scope = one(scopes);
        return new Found(new BackupPlace.InFile(dump(new WorkFolder(folder), scope)), scope, environmentOf(folder));
    }

    /** What the run's papers say, where they were fetched too. */
    private @Nullable String environmentOf(@Nullable Path folder) {
        if (folder == null || !Files.exists(folder.resolve("graph.json"))) return null;
        return environment(new RunFolder(folder).graph());
    }

    private String environment(Graph graph) {
        return (kind == Kind.SOURCE ? graph.source() : graph.target()).environment();
    }

    private Path dump(WorkFolder work, ScopeId scope) {
        return work.of(scope).resolve(kind.word() + ".sql.zst");
    }

    private @Nullable ScopeId scope() {
        if (site == null) return null;
        return new ScopeId(site.matches("\\d+") ? "site-" + site : site);
    }

    /** The scope that is wanted, of those that are held. */
    private ScopeId one(List<String> held) {
        var wanted = scope();
        if (wanted != null && held.contains(wanted.text())) return wanted;
        if (wanted == null && held.size() == 1) return new ScopeId(held.get(0));
        String found = held.isEmpty()
                ? "no " + kind.word() + " of '" + backup + "' is to be found"
                : wanted == null
                        ? "'" + backup + "' holds " + String.join(", ", held)
                        : "'" + backup + "' holds no " + wanted + ", only " + String.join(", ", held);
        throw refuse(found, held.isEmpty() ? "a run that has one; see wfumig archive list" : "--site, one of these");
    }

    private static Refusal refuse(String found, String expected) {
        return new Refusal(Refusal.Kind.INVALID, Problem.of(found, expected, "nothing was written", ""));
    }
}
