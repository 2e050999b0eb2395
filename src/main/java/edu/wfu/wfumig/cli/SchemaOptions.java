package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.plan.Archive;
import edu.wfu.wfumig.plan.Environment;
import edu.wfu.wfumig.schema.Description;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How a command is told which migrations it is about, and which part of which database. */
final class SchemaOptions {
    @Parameters(paramLabel = "FOLDER", description = "The folder of migrations, with its version.json.")
    private Path folder = Path.of("");

    @Mixin
    private EnvironmentChoice places = new EnvironmentChoice();

    @Option(
            names = "--env",
            paramLabel = "ENV",
            description = "The environment (default, with a plan: the one that it changes).")
    private @Nullable String name;

    @Option(
            names = "--prefix",
            paramLabel = "PREFIX",
            description = "What {prefix} stands for (default: the environment's table prefix; none on PostgreSQL).")
    private @Nullable String prefix;

    @Option(
            names = "--sites",
            split = ",",
            paramLabel = "SITE",
            description = "These sites of the network, each under its own prefix.")
    private List<Long> sites = List.of();

    @Option(names = "--all-sites", description = "Every site of the network, each under its own prefix.")
    private boolean allSites;

    Path folder() {
        return folder;
    }

    Description description() {
        return Description.read(folder);
    }

    @Nullable
    String prefix() {
        return prefix;
    }

    List<Long> sites() {
        return sites;
    }

    boolean allSites() {
        return allSites;
    }

    /** The folder of what names the environments. */
    Path beside() {
        return places.beside();
    }

    /** Where dumps are kept too: where the plan keeps those of runs. */
    Archive archive(Map<String, String> surroundings) {
        return places.archive(surroundings);
    }

    Environment environment(Map<String, String> surroundings) {
        String wanted = name == null ? places.changed(surroundings) : name;
        if (wanted == null) throw nowhere();
        return places.find(surroundings, wanted);
    }

    private static Refusal nowhere() {
        return new Refusal(
                Refusal.Kind.INVALID,
                Problem.of(
                        "no environment is named",
                        "--env ENV, as wfumig config env knows it, or --plan PLAN",
                        "nothing was run",
                        "wfumig config list"));
    }
}
