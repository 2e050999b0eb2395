package edu.wfu.wfumig.ledger;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.wfu.wfumig.ledger.RunState.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Views of a run for people and scripts: {@code state.json}, {@code completed.json}, {@code failed.json}, and {@code
 * index.json} over all runs. Derived from the journals and replaced as a whole; only the index is read back, by the next one.
 */
public final class Views {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<Map<String, Object>>> SUMMARIES = new TypeReference<>() {};

    private Views() {}

    /** How long a view may lag behind its journal while a run goes on. */
    private static final Duration LAG = Duration.ofSeconds(2);

    /** Keeps the views of a run up to date while it goes on: after a scope ends, and not more often than every 2 s. */
    public static void keep(Path folder, Ledger ledger) {
        var last = new AtomicReference<>(Instant.EPOCH);
        ledger.follow(entry -> {
            boolean ends = entry.event() instanceof Event.ScopeFailed
                    || entry.event() instanceof Event.StepDone done
                            && done.step().endsWith("/clean");
            var before = last.get();
            if (!ends || Duration.between(before, entry.at()).compareTo(LAG) < 0) return;
            if (!last.compareAndSet(before, entry.at())) return;
            try {
                ofRun(folder, ledger.state());
            } catch (IOException e) {
                // Views are derived: the next one may get written, and the journal has it all.
            }
        });
    }

    public static void write(Runs runs, Path folder, RunState state) throws IOException {
        ofRun(folder, state);
        var index = new ArrayList<Map<String, Object>>();
        index.add(summary(state));
        for (var other : others(runs, state.id())) index.add(other);
        index.sort(Comparator.comparing((Map<String, Object> run) -> String.valueOf(run.get("started")))
                .reversed());
        replace(runs.folder().resolve("index.json"), index);
    }

    /** The other runs that are there as the index has them: to read hundreds of journals for each run would cost more than it. */
    private static List<Map<String, Object>> others(Runs runs, String id) throws IOException {
        Path index = runs.folder().resolve("index.json");
        if (Files.exists(index)) {
            try {
                return JSON.readValue(index.toFile(), SUMMARIES).stream()
                        .filter(run -> !id.equals(run.get("run"))
                                && Files.exists(runs.folder().resolve(String.valueOf(run.get("run")))))
                        .toList();
            } catch (IOException damaged) {
                // It is made anew from the journals.
            }
        }
        return runs.all().stream()
                .filter(run -> !run.id().equals(id))
                .map(Views::summary)
                .toList();
    }

    private static void ofRun(Path folder, RunState state) throws IOException {
        var steps = new LinkedHashMap<String, Object>();
        var completed = new ArrayList<String>();
        var failed = new ArrayList<Map<String, Object>>();
        state.steps().forEach((step, at) -> {
            steps.put(
                    step,
                    Map.of(
                            "phase",
                            at.phase().name().toLowerCase(java.util.Locale.ROOT),
                            "attempts",
                            at.attempts(),
                            "millis",
                            at.millis()));
            int slash = step.indexOf('/');
            if (slash < 0) return;
            String scope = step.substring(0, slash);
            if (step.endsWith("/clean") && at.phase() == Phase.DONE && state.done(scope + "/confirm"))
                completed.add(scope);
            if (at.phase() == Phase.FAILED) {
                failed.add(Map.of(
                        "scope",
                        scope,
                        "step",
                        step,
                        "attempts",
                        at.attempts(),
                        "last",
                        at.at().toString(),
                        "error",
                        String.valueOf(at.error())));
            }
        });
        var summary = summary(state);
        var whole = new LinkedHashMap<>(summary);
        whole.put("steps", steps);
        replace(folder.resolve("state.json"), whole);
        replace(folder.resolve("completed.json"), completed);
        replace(folder.resolve("failed.json"), failed);
    }

    private static Map<String, Object> summary(RunState state) {
        var summary = new LinkedHashMap<String, Object>();
        summary.put("run", state.id());
        summary.put("plan", state.plan());
        summary.put("target", state.target());
        summary.put("outcome", state.outcome().name().toLowerCase(java.util.Locale.ROOT));
        summary.put("started", String.valueOf(state.started()));
        summary.put("ended", state.ended() == null ? "" : String.valueOf(state.ended()));
        return summary;
    }

    private static void replace(Path file, Object content) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        Files.write(draft, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(content));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
