package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.archive.ArchiveFailure;
import edu.wfu.wfumig.archive.ArchiveStore;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.ledger.RunState;
import edu.wfu.wfumig.report.HtmlReport;
import edu.wfu.wfumig.report.RunReport;
import edu.wfu.wfumig.steps.ArchiveRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/** What is left of a run besides its dumps: plan, graph, ledger and reports. No secrets are in them. */
final class RunPapers {
    private static final List<String> ALL = List.of(
            "plan.groovy", "graph.json", "options.json", "journal.jsonl", "report.txt", "report.json", "report.html");

    private RunPapers() {}

    /** Writes the reports into the run's folder. */
    static void write(Path folder, RunReport report) throws IOException {
        Files.writeString(folder.resolve("report.txt"), report.text());
        Files.writeString(folder.resolve("report.json"), report.json());
        Files.writeString(folder.resolve("report.html"), HtmlReport.of(report));
    }

    /** Archives them, in place of those that an earlier attempt has archived; what went wrong, if anything did. */
    static Optional<Problem> archive(ArchiveStore archive, Graph graph, Path folder, RunState state) {
        var about = new TreeMap<>(ArchiveRunner.about(graph, state.id()));
        about.put("outcome", state.outcome().name().toLowerCase(Locale.ROOT));
        String key = ArchiveRunner.key(graph, state.id());
        try {
            for (String file : ALL) archive.store(key + file, folder.resolve(file), about, bytes -> {});
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(ArchiveFailure.problem(
                    e,
                    "ledger and report of " + state.id() + " are not archived",
                    "they are in " + folder + "; what was moved is not touched by this",
                    "wfumig resume " + state.id()));
        }
    }
}
