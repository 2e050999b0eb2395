package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.dsl.PlanLanguage;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.plan.Extent;
import edu.wfu.wfumig.plan.Extent.Part;
import edu.wfu.wfumig.plan.Plan;
import edu.wfu.wfumig.steps.StagingArea;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "staging",
        description = "Look after the staging place of a plan, or of an environment.",
        synopsisSubcommandLabel = "COMMAND")
final class StagingCommand extends WfumigCommand {
    @Command(name = "status", description = "What wfumig has in staging.", mixinStandardHelpOptions = true)
    int status(@Mixin Choice choice) {
        try (var wiring = open(choice)) {
            var graph = wiring.compile();
            tell(new StagingArea(wiring.databases().staging(), graph.staging()).ours(), "are staged");
            intakes(wiring).names().forEach(place -> out().println("  " + place + " (an import)"));
        }
        return ExitCode.DONE.number;
    }

    @Command(name = "clean", description = "Drop what wfumig left in staging.", mixinStandardHelpOptions = true)
    int clean(@Mixin Choice choice) throws IOException {
        try (var wiring = open(choice)) {
            var graph = wiring.compile();
            try (var locks = locks(wiring, graph)) {
                tell(new StagingArea(wiring.databases().staging(), graph.staging()).clearAll(), "were dropped");
                locks.require();
            }
            intakes(wiring).sweep().forEach(out()::println);
        }
        return ExitCode.DONE.number;
    }

    /** Of an environment nothing but staging is changed, for which its plan would take no lock. */
    private static Wiring.Locks locks(Wiring wiring, Graph graph) {
        var locks = wiring.lock(graph, "staging clean");
        return locks.held().isEmpty() ? wiring.take(graph, "staging clean") : locks;
    }

    /** A plan, or an environment. */
    static final class Choice {
        @Parameters(
                arity = "0..1",
                paramLabel = "PLAN",
                description = "The plan file; x.groovy also finds x.migration.groovy.")
        private @Nullable Path file;

        @Option(
                names = "--env",
                paramLabel = "ENV",
                description = "Instead of a plan: the environment that is changed.")
        private @Nullable String env;

        @Option(names = "--reverse", description = "The plan the other way.")
        private boolean reverse;

        @Mixin
        private EnvironmentChoice environments;
    }

    private Wiring open(Choice choice) {
        var plan = plan(choice);
        Path beside =
                choice.file == null ? choice.environments.beside() : RunFolder.beside(PlanLanguage.find(choice.file));
        return new Wiring(plan, beside, environment(), false);
    }

    private Plan plan(Choice choice) {
        var values = choice.environments.values(environment());
        Path file = choice.file;
        String env = choice.env;
        if (file != null && env == null)
            return Direction.of(PlanLanguage.read(PlanLanguage.find(file), values), choice.reverse);
        if (env == null || file != null) {
            throw new Refusal(
                    Refusal.Kind.INVALID,
                    Problem.of(
                            env == null ? "neither a plan nor an environment" : "a plan and an environment",
                            "PLAN, or --env ENV",
                            "nothing was changed",
                            ""));
        }
        var text = new PlanText("staging-" + env);
        choice.environments.describe(text, environment(), env);
        text.ends(env, env).tables(List.of("*"), choice.environments.find(environment(), env));
        return PlanLanguage.read(text.toString(), text.name(), values, Extent.of(Part.BACKUP));
    }

    private Intakes intakes(Wiring wiring) {
        return new Intakes(wiring::targetAnew, wiring.target(), runs());
    }

    private void tell(List<String> tables, String what) {
        var out = out();
        out.println(tables.size() + " tables " + what);
        tables.forEach(table -> out.println("  " + table));
    }
}
