package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.dsl.PlanLanguage;
import edu.wfu.wfumig.plan.Plan;
import edu.wfu.wfumig.report.Preview;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "run", description = "Run a plan, or a plan saved by plan --out: preview, migrate, prove, report.")
class RunCommand extends WfumigCommand implements Callable<Integer> {
    @Mixin
    private PlanOptions options;

    @Mixin
    private FailureOptions failures;

    @Mixin
    private LargeSitesOptions large;

    @Mixin
    private Confirmation confirmation;

    @Mixin
    private SnapshotOption snapshot;

    @Option(names = "--dry-run", description = "Show the preview and stop: the same as wfumig plan.")
    private boolean dryRun;

    @Option(names = "--json", description = "Progress and report as JSON on standard output.")
    private boolean json;

    @Option(
            names = "--work-dir",
            paramLabel = "DIR",
            description = "Where dumps are made (default: in the state folder).")
    private @Nullable Path workDir;

    @Override
    public Integer call() throws IOException {
        if (SavedPlan.is(options.asGiven())) {
            var saved = SavedPlan.read(options.asGiven());
            if (options.reverse() && !saved.reverse()) throw asPreviewed();
            var plan = PlanLanguage.read(saved.text(), saved.file(), saved.values(environment()));
            return run(Direction.of(plan, saved.reverse()), saved.text(), Path.of(saved.file()), saved.params(), saved);
        }
        Path file = options.file();
        return run(options.read(environment()), Files.readString(file), file, options.params(), null);
    }

    private int run(Plan asWritten, String text, Path file, Map<String, String> params, @Nullable SavedPlan saved)
            throws IOException {
        var out = out();
        var plan = large.apply(asWritten);
        boolean reverse = saved == null ? options.reverse() : saved.reverse();
        var rules = failures.given();
        if (reverse) rules.put(Direction.OPTION, "");
        rules.putAll(snapshot.given());
        Path beside = RunFolder.beside(file);
        try (var wiring = new Wiring(plan, beside, environment(), !dryRun)) {
            var whole = wiring.compile();
            var graph = rehearses() ? whole.rehearsal() : whole;
            if (saved != null) saved.requireSame(graph);
            var preview = new Preview(plan, graph, EarlierRuns.estimate(runs(), plan));
            if (!json) out.print(dryRun ? preview.text() : preview.body());
            out.flush();
            if (dryRun) return ExitCode.DONE.number;
            var runs = runs();
            if (!rehearses()) {
                confirmation.require(
                        plan.target(), terminal(), "wfumig run " + options.asGiven() + (reverse ? " --reverse" : ""));
                Rehearsals.require(runs, plan.target(), graph, "wfumig rehearse " + file);
            }
            var asked = new NewRun.Asked(text, beside, params, reverse, rehearses(), workDir, rules, large.left(graph));
            return new NewRun(plan, graph, wiring, runs, out, json).go(asked).number;
        }
    }

    /** Whether it ends before the first cutover. */
    boolean rehearses() {
        return false;
    }

    private static Refusal asPreviewed() {
        return new Refusal(
                Refusal.Kind.INVALID,
                Problem.of(
                        "a saved plan runs the way it was previewed",
                        "a file of wfumig plan --reverse --out",
                        "nothing was written",
                        "wfumig plan PLAN --reverse --out FILE"));
    }
}
