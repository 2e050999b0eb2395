package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.dsl.PlanLanguage;
import edu.wfu.wfumig.plan.Extent;
import edu.wfu.wfumig.report.Preview;
import edu.wfu.wfumig.steps.WorkFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs the plan that a command has made: preview, confirmation, run. Its ledger is one as of any run, so that resume, rollback,
 * status and the others know it.
 */
final class HandRun implements AutoCloseable {
    private final WfumigCommand command;
    private final HandOptions options;
    private final PlanText text;
    private @Nullable String id;

    HandRun(WfumigCommand command, HandOptions options, PlanText text) {
        this.command = command;
        this.options = options;
        this.text = text;
    }

    /** The run's id; its folder is claimed when it is first asked for. */
    String id() {
        if (id == null) id = command.runs().claim(text.name());
        return id;
    }

    /** Whether there is a run that a resume can go on with. */
    boolean begun() {
        return id != null && new RunFolder(folder()).begun();
    }

    /** Where its dumps will be. */
    WorkFolder work() {
        return new WorkFolder(NewRun.work(folder(), options.workDir()));
    }

    private Path folder() {
        return command.runs().folder().resolve(id());
    }

    /** What a run needs in its work folder before it begins. */
    interface Provision {
        void into(WorkFolder work) throws IOException;
    }

    /** Runs what changes nothing but files. */
    int read(Extent extent, Provision provision) throws IOException {
        return run(extent, null, provision);
    }

    /** Runs what changes an environment. */
    int change(Extent extent, ChangeOptions changes, Provision provision) throws IOException {
        return run(extent, changes, provision);
    }

    private int run(Extent extent, @Nullable ChangeOptions changes, Provision provision) throws IOException {
        try {
            return compiled(extent, changes, provision);
        } catch (Refusal refusal) {
            throw withoutLines(refusal);
        }
    }

    private int compiled(Extent extent, @Nullable ChangeOptions changes, Provision provision) throws IOException {
        var choice = options.environments();
        var out = command.out();
        var runs = command.runs();
        var plan = PlanLanguage.read(text.toString(), file(), choice.values(command.environment()), extent);
        try (var wiring = new Wiring(plan, choice.beside(), command.environment(), false)) {
            var whole = wiring.compile();
            boolean rehearses = changes != null && changes.rehearses();
            var graph = rehearses ? whole.rehearsal() : whole;
            var preview = new Preview(plan, graph, EarlierRuns.estimate(runs, plan));
            if (!options.json()) out.print(options.dryRun() ? preview.text() : preview.body());
            out.flush();
            if (options.dryRun()) return ExitCode.DONE.number;
            if (changes != null && !rehearses) {
                changes.confirmation().require(plan.target(), command.terminal(), command.typed());
                Rehearsals.require(runs, plan.target(), graph, command.typed() + " --rehearse");
            }
            var rules = changes == null ? Map.<String, String>of() : changes.rules();
            var asked = new NewRun.Asked(
                    text.toString(),
                    choice.beside(),
                    choice.params(),
                    false,
                    rehearses,
                    options.workDir(),
                    rules,
                    Set.of());
            provision.into(work());
            return new NewRun(plan, graph, wiring, runs, out, options.json()).go(id(), asked).number;
        }
    }

    /** Takes away what was brought for a run that has not begun. */
    @Override
    public void close() throws IOException {
        if (id != null) new RunFolder(folder()).giveUp(work().root());
    }

    private String file() {
        return text.name() + ".groovy";
    }

    /** Nobody has written the plan, so nobody is sent to a line of it. */
    private Refusal withoutLines(Refusal refusal) {
        var problems = refusal.problems().stream()
                .map(problem -> problem.at() == null || !problem.at().file().equals(file())
                        ? problem
                        : Problem.of(problem.found(), problem.expected(), problem.safe(), problem.next()))
                .toList();
        return new Refusal(refusal.kind(), problems);
    }
}
