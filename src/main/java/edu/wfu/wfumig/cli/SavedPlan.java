package edu.wfu.wfumig.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.dsl.OutsideValues;
import edu.wfu.wfumig.graph.Graph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A plan as it was previewed: {@code wfumig plan … --out FILE}. It runs only while reality compiles to the same graph.
 *
 * @param file where the plan file was
 * @param text what it said
 * @param reverse whether it is to run the other way
 * @param settings what it took from the configuration
 * @param digest of the graph it compiled to
 */
record SavedPlan(
        String file,
        String text,
        Map<String, String> params,
        boolean reverse,
        Map<String, String> settings,
        String digest) {
    private static final ObjectMapper JSON = new ObjectMapper();

    SavedPlan {
        settings = settings == null ? Map.of() : settings; // of one that was saved before there were settings
    }

    static SavedPlan of(
            Path file, Map<String, String> params, boolean reverse, Map<String, String> settings, Graph graph)
            throws IOException {
        return new SavedPlan(file.toString(), Files.readString(file), params, reverse, settings, graph.digest());
    }

    /** What it takes from outside: environment variables as they are now, all else as it was. */
    OutsideValues values(Map<String, String> environment) {
        return new OutsideValues(environment, params, settings, key -> null);
    }

    /** Whether a file is a saved plan rather than a plan file: it is JSON. */
    static boolean is(Path file) throws IOException {
        return Files.isRegularFile(file)
                && Files.readString(file).stripLeading().startsWith("{");
    }

    static SavedPlan read(Path file) {
        try {
            return JSON.readValue(file.toFile(), SavedPlan.class);
        } catch (IOException e) {
            throw new Refusal(
                    Refusal.Kind.INVALID,
                    Problem.of(
                            file + " is not a saved plan",
                            "a file of wfumig plan --out",
                            "",
                            "wfumig plan PLAN --out " + file),
                    e);
        }
    }

    void write(Path to) throws IOException {
        Files.write(to, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
    }

    void requireSame(Graph graph) {
        if (graph.digest().equals(digest)) return;
        throw new Refusal(
                Refusal.Kind.STALE,
                Problem.of(
                        "source, target or plan changed since " + file + " was previewed",
                        "what the preview showed",
                        "nothing was written",
                        "wfumig plan " + file + " --out FILE, and look again"));
    }
}
