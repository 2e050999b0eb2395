package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.ScopeId;
import edu.wfu.wfumig.archive.ArchiveFailure;
import edu.wfu.wfumig.archive.ArchiveStore;
import edu.wfu.wfumig.dump.Manifest;
import edu.wfu.wfumig.executor.Pulse;
import edu.wfu.wfumig.executor.StepRunner;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Stores a scope's dumps and manifests under the run's key. Nothing is deleted here: {@link CleanRunner} does that, once this
 * step is done, and it is done when the archive has proved that it has every file.
 *
 * <p>Safe to repeat: a key that is stored again is replaced as a whole, and what is there already is not sent again.
 */
public final class ArchiveRunner implements StepRunner<Step.Archive> {
    private final Graph graph;
    private final ArchiveStore archive;
    private final WorkFolder work;
    private final String run;

    public ArchiveRunner(Graph graph, ArchiveStore archive, WorkFolder work, String run) {
        this.graph = graph;
        this.archive = archive;
        this.work = work;
        this.run = run;
    }

    /** The key below which a run's files lie: {@code uat/2026/11/20/dev-to-uat-2026-11-20T09-12-44/}. */
    public static String key(Graph graph, String run) {
        return key(graph.target().environment(), run);
    }

    /** The same, for one who has no graph: of the target's name. */
    public static String key(String target, String run) {
        String day = run.replaceFirst(".*-(\\d{4})-(\\d{2})-(\\d{2})T.*", "$1/$2/$3");
        return target + "/" + day + "/" + run + "/";
    }

    /** What is noted with every file of a run. */
    public static Map<String, String> about(Graph graph, String run) {
        return Map.of(
                "run", run,
                "plan", graph.plan(),
                "source", graph.source().environment(),
                "target", graph.target().environment());
    }

    @Override
    public Map<String, Object> run(Step.Archive step, Pulse pulse) throws IOException {
        var keys = new ArrayList<String>();
        for (var file : files(step.scope())) {
            String key = key(graph, run) + step.scope() + "/" + file.getFileName();
            try {
                archive.store(key, file, about(step.scope(), file), bytes -> pulse.moved(0, bytes));
            } catch (IOException e) {
                throw ArchiveFailure.refusal(
                        e,
                        key + " of the archive cannot be written",
                        "the scope is swapped in; its dumps stay in the work folder until they are archived",
                        "wfumig resume " + run);
            }
            keys.add(key);
        }
        return Map.of("keys", keys);
    }

    /** Manifests last: where one is, its dump is. */
    private List<Path> files(ScopeId scope) throws IOException {
        return work.files(scope).stream()
                .sorted(Comparator.comparing(ArchiveRunner::isManifest))
                .toList();
    }

    private static boolean isManifest(Path file) {
        return file.getFileName().toString().endsWith(".manifest.json");
    }

    private Map<String, String> about(ScopeId scope, Path file) {
        var about = new TreeMap<>(about(graph, run));
        about.put("scope", scope.text());
        if (scope.site() >= 0) about.put("site", String.valueOf(scope.site()));
        Path dump = isManifest(file)
                ? file.resolveSibling(file.getFileName().toString().replace(".manifest.json", ".sql.zst"))
                : file;
        if (Manifest.isComplete(dump)) {
            var manifest = Manifest.of(dump);
            about.put("rows", String.valueOf(manifest.rows()));
            about.put("tables", String.valueOf(manifest.tables().size()));
        }
        return about;
    }
}
