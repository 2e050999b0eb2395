package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.archive.ArchiveStore;
import edu.wfu.wfumig.executor.Pulse;
import edu.wfu.wfumig.executor.StepRunner;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Map;

/**
 * Stores a scope's dumps and manifests under the run's key.
 *
 * <p>Safe to repeat: a key that is stored again is replaced as a whole.
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
        String day = run.replaceFirst(".*-(\\d{4})-(\\d{2})-(\\d{2})T.*", "$1/$2/$3");
        return graph.target().environment() + "/" + day + "/" + run + "/";
    }

    @Override
    public Map<String, Object> run(Step.Archive step, Pulse pulse) throws IOException {
        var keys = new ArrayList<String>();
        for (var file : work.files(step.scope())) {
            String key = key(graph, run) + step.scope() + "/" + file.getFileName();
            try {
                archive.store(key, file);
            } catch (IOException e) {
                throw new Refusal(
                        Refusal.Kind.FAILED,
                        Problem.of(
                                key + " of the archive cannot be written: " + e.getMessage(),
                                "room and rights in the archive",
                                "the scope is swapped in; its dumps stay in the work folder until they are archived",
                                "make room, then type: wfumig resume"),
                        e);
            }
            keys.add(key);
            pulse.moved(0, Files.size(file));
        }
        return Map.of("keys", keys);
    }
}
