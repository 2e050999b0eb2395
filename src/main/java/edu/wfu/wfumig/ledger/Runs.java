package edu.wfu.wfumig.ledger;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder that holds the ledgers of all runs. */
public record Runs(Path folder) {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss");

    /** A new id such as {@code dev-to-uat-2026-11-20T09-12-44}; later ones of the same second get a number. */
    public String newId(String plan) {
        String base = plan + "-" + LocalDateTime.now().format(STAMP);
        String id = base;
        for (int i = 2; Files.exists(folder.resolve(id)); i++) id = base + "-" + i;
        return id;
    }

    public Path folderOf(String id) {
        Path run = folder.resolve(id);
        if (!Files.exists(run.resolve("journal.jsonl"))) {
            throw new Refusal(
                    Refusal.Kind.INVALID,
                    Problem.of("there is no run " + id, "one of the runs in " + folder, "", "wfumig list"));
        }
        return run;
    }

    /** All runs that can be read, the newest first. */
    public List<RunState> all() throws IOException {
        if (!Files.isDirectory(folder)) return List.of();
        try (var runs = Files.list(folder)) {
            return runs.filter(run -> Files.exists(run.resolve("journal.jsonl")))
                    .flatMap(run -> peek(run).stream())
                    .filter(state -> state.started() != null)
                    .sorted(Comparator.comparing(RunState::started, Comparator.nullsFirst(Comparator.naturalOrder()))
                            .reversed())
                    .toList();
        }
    }

    /** Runs of one plan, the newest first, each read when it is asked for: a folder may hold hundreds of other ones. */
    public Stream<RunState> of(String plan) throws IOException {
        if (!Files.isDirectory(folder)) return Stream.of();
        List<Path> ofPlan;
        try (var runs = Files.list(folder)) {
            ofPlan = runs.filter(run -> run.getFileName().toString().startsWith(plan + "-"))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
        return ofPlan.stream()
                .filter(run -> Files.exists(run.resolve("journal.jsonl")))
                .flatMap(run -> peek(run).stream())
                .filter(run -> run.plan().equals(plan));
    }

    public Optional<RunState> latest() throws IOException {
        return all().stream().findFirst();
    }

    /** A run whose journal cannot be trusted is passed over here; asking for it by name says what is wrong. */
    private static Optional<RunState> peek(Path run) {
        try {
            return Optional.of(Ledger.peek(run));
        } catch (IOException | Refusal e) {
            return Optional.empty();
        }
    }
}
