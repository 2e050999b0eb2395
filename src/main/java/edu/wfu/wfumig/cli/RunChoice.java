package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.ledger.Runs;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How a command is told which run it is about: by id, or the latest. */
final class RunChoice {
    @Parameters(paramLabel = "RUN", arity = "0..1", description = "The id of a run (default: the latest).")
    private @Nullable String id;

    @Option(names = "--latest", description = "The latest run.")
    private boolean latest;

    /** The folder of the chosen run. */
    Path folder(Runs runs) throws IOException {
        if (id != null && !latest) return runs.folderOf(id);
        var newest = runs.latest();
        if (newest.isEmpty()) {
            throw new Refusal(
                    Refusal.Kind.INVALID,
                    Problem.of("there are no runs in " + runs.folder(), "a run", "", "wfumig run PLAN"));
        }
        return runs.folderOf(newest.get().id());
    }
}
