package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.ScopeId;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.ledger.Event;
import edu.wfu.wfumig.ledger.Runs;
import edu.wfu.wfumig.plan.Plan;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A run that begins: what was asked is saved in its folder, then it is launched. */
record NewRun(Plan plan, Graph graph, Wiring wiring, Runs runs, PrintWriter out, boolean json) {
    /**
     * What was asked.
     *
     * @param text the plan's text
     * @param beside the folder in which the plan file was
     * @param reverse whether the plan is run the other way
     * @param rehearsal whether the run ends before the first cutover
     * @param workDir where dumps are made; null for the run's own folder
     * @param rules options that replace rules of the plan
     * @param without scopes that are left for later
     */
    record Asked(
            String text,
            Path beside,
            Map<String, String> params,
            boolean reverse,
            boolean rehearsal,
            @Nullable Path workDir,
            Map<String, String> rules,
            Set<ScopeId> without) {}

    /** Claims a folder for the run, and leaves none behind when it is refused before it has begun. */
    ExitCode go(Asked asked) throws IOException {
        String id = runs.claim(Direction.name(plan, asked.reverse()));
        Path folder = runs.folder().resolve(id);
        try {
            return go(id, asked);
        } finally {
            new RunFolder(folder).giveUp(work(folder, asked.workDir()));
        }
    }

    /** @param id that was claimed */
    ExitCode go(String id, Asked asked) throws IOException {
        Path folder = runs.folder().resolve(id);
        Path work = work(folder, asked.workDir());
        new RunFolder(folder).save(asked.text(), graph, asked.beside(), work, asked.params(), asked.reverse(), plan);
        if (!json) out.println((asked.rehearsal() ? "\nRehearsal " : "\nRun ") + id);
        out.flush();
        var beginning = new ArrayList<Event>();
        beginning.add(new Event.RunStarted(
                plan.name(),
                plan.digest(),
                graph.digest(),
                graph.target().identity() + "/" + graph.target().schema()));
        if (asked.rehearsal()) beginning.add(new Event.Rehearsing());
        return new Launch(plan, graph, wiring, runs, out, json)
                .go(folder, work, List.copyOf(beginning), asked.rules(), asked.without());
    }

    /** Where a run makes its dumps. */
    static Path work(Path folder, @Nullable Path workDir) {
        if (workDir == null) return folder.resolve("work");
        return workDir.resolve(folder.getFileName()).toAbsolutePath();
    }
}
