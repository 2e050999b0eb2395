package edu.wfu.wfumig.ledger;

import edu.wfu.wfumig.OwnerOnly;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
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

    /**
     * Makes the folder of a new run, which nobody else gets: its name is an id such as {@code dev-to-uat-2026-11-20T09-12-44}; later
     * ones of the same second get a number.
     */
    public String claim(String plan) {
        String base = plan + "-" + LocalDateTime.now().format(STAMP);
        try {
            Files.createDirectories(folder);
            for (int i = 1; ; i++) {
                String id = i == 1 ? base : base + "-" + i;
                if (made(folder.resolve(id))) return id;
            }
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

    /** Looking first and making then would give one folder to two runs. */
    private static boolean made(Path run) throws IOException {
        try {
            // Dumps hold what the database holds, passwords' hashes among it.
            OwnerOnly.newFolder(run);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
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
