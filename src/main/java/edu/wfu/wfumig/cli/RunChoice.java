package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.ledger.Ledger;
import edu.wfu.wfumig.ledger.Request;
import edu.wfu.wfumig.ledger.RunState.Outcome;
import edu.wfu.wfumig.ledger.Runs;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How a command is told which run it is about: by id, or the latest. */
final class RunChoice {
    @Parameters(paramLabel = "RUN", arity = "0..1", description = "The id of a run (default: the latest).")
    private @Nullable String id;

    @Option(names = "--latest", description = "The latest run.")
    private boolean latest;

    /** Leaves a request for the chosen run, when it still runs. */
    int request(Runs runs, PrintWriter out, Request request) throws IOException {
        Path folder = folder(runs);
        var state = Ledger.peek(folder);
        if (state.outcome() != Outcome.RUNNING) {
            throw new Refusal(
                    Refusal.Kind.INVALID,
                    Problem.of(
                            state.id() + " does not run; it is "
                                    + state.outcome().name().toLowerCase(Locale.ROOT),
                            "a run that goes on",
                            "nothing was changed",
                            "wfumig status " + state.id()));
        }
        request.leave(folder);
        out.println("asked " + state.id() + "; see how it ends: wfumig status --watch " + state.id());
        return ExitCode.DONE.number;
    }

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
