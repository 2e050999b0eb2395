package edu.wfu.wfumig.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import edu.wfu.wfumig.Digest;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.dsl.OutsideValues;
import edu.wfu.wfumig.dsl.PlanLanguage;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.plan.Extent;
import edu.wfu.wfumig.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What was asked, beside the journal of a run: the plan, the graph, and the options. No secrets. */
record RunFolder(Path folder) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @param beside the folder in which the plan file was
     * @param work where dumps are made
     * @param reverse whether the plan is run the other way
     * @param extent how much of the plan is done
     * @param settings what the plan took from the configuration; what is configured later does not touch the run
     */
    record Options(
            String beside,
            String work,
            Map<String, String> params,
            boolean reverse,
            Extent extent,
            Map<String, String> settings,
            String planDigest,
            String graphDigest) {
        Options {
            extent = extent == null ? Extent.WHOLE : extent; // of a run that was made before there were others
            settings = settings == null ? Map.of() : settings; // of a run that was made before there were settings
        }
    }

    /** The folder of a plan file. */
    static Path beside(Path planFile) {
        Path parent = planFile.toAbsolutePath().getParent();
        return parent == null ? Path.of("/") : parent;
    }

    void save(
            String planText,
            Graph graph,
            Path beside,
            Path work,
            Map<String, String> params,
            boolean reverse,
            Plan plan) {
        try {
            Files.writeString(folder.resolve("plan.groovy"), planText);
            Files.write(folder.resolve("graph.json"), JSON.writeValueAsBytes(graph));
            var options = new Options(
                    beside.toString(),
                    work.toString(),
                    params,
                    reverse,
                    plan.extent(),
                    plan.settings(),
                    Digest.of(planText),
                    graph.digest());
            Files.write(
                    folder.resolve("options.json"),
                    JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(options));
        } catch (IOException e) {
            throw new Refusal(
                    Refusal.Kind.FAILED,
                    Problem.of(
                            "the state folder " + folder + " cannot be written: " + e,
                            "a folder that can be written",
                            "nothing was written to any database",
                            "name another with --state-dir"),
                    e);
        }
    }

    /** Puts a graph in the place of the run's own, as a whole or not at all. */
    void replan(Graph graph) throws IOException {
        Path draft = folder.resolve("graph.json.draft");
        Files.write(draft, JSON.writeValueAsBytes(graph));
        Files.move(
                draft,
                folder.resolve("graph.json"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** Whether there is a run that a resume can go on with. */
    boolean begun() {
        return Files.exists(folder.resolve("journal.jsonl"));
    }

    /** Takes away what was brought for a run, unless it has begun. */
    void giveUp(Path work) throws IOException {
        if (begun()) return;
        for (Path left : List.of(work, folder)) {
            if (!Files.isDirectory(left)) continue;
            try (var files = Files.walk(left)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
            }
        }
    }

    /** Notes that a run is done and has put away its locks: the last thing that it does. */
    void conclude() throws IOException {
        Files.writeString(folder.resolve("done"), "");
    }

    boolean concluded() {
        return Files.exists(folder.resolve("done"));
    }

    Options options() {
        return read("options.json", Options.class);
    }

    Graph graph() {
        return read("graph.json", Graph.class);
    }

    /** The plan as it was when the run began; refused when somebody changed it since. */
    Plan plan(Map<String, String> environment) {
        var options = options();
        Path file = folder.resolve("plan.groovy");
        var plan = PlanLanguage.read(
                file,
                new OutsideValues(environment, options.params(), options.settings(), key -> null),
                options.extent());
        if (!plan.digest().equals(options.planDigest())) {
            throw new Refusal(
                    Refusal.Kind.STALE,
                    Problem.of(
                            file + " is not the plan that the run began with",
                            "a plan that nobody changed",
                            "nothing was written",
                            "run the changed plan as a new run"));
        }
        return Direction.of(plan, options.reverse());
    }

    private <T> T read(String name, Class<T> type) {
        try {
            return JSON.readValue(folder.resolve(name).toFile(), type);
        } catch (IOException e) {
            throw new Refusal(
                    Refusal.Kind.FAILED,
                    Problem.of(
                            folder.resolve(name) + " cannot be read: " + e.getMessage(),
                            "the file that the run wrote",
                            "nothing was changed",
                            "start a new run"),
                    e);
        }
    }
}
