package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.dsl.OutsideValues;
import edu.wfu.wfumig.dsl.PlanLanguage;
import edu.wfu.wfumig.plan.Archive;
import edu.wfu.wfumig.plan.Environment;
import edu.wfu.wfumig.plan.Plan;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command that runs no plan file is told where its environments are: by the configuration, or by a plan that has them. */
final class EnvironmentChoice {
    @Option(
            names = "--plan",
            paramLabel = "PLAN",
            description = "A plan that says where the environments are (default: wfumig config env ENV).")
    private @Nullable Path plan;

    @Option(names = "--param", paramLabel = "NAME=VALUE", description = "A value for param('NAME') in that plan.")
    private Map<String, String> params = new LinkedHashMap<>();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting that counts more than all others, as in env.uat.host=10.0.0.7.")
    private Map<String, String> set = new LinkedHashMap<>();

    /** The environment of that name; refuses when nobody knows it. */
    Environment find(Map<String, String> variables, String name) {
        var file = read(variables);
        if (file == null) return ConfiguredEnvironment.of(variables, set, name);
        var found = file.environments().get(name);
        if (found != null) return found;
        throw new Refusal(
                Refusal.Kind.INVALID,
                Problem.of(
                        "no environment of " + plan + " is called '" + name + "'",
                        "one of " + file.environments().keySet(),
                        "nothing was written",
                        ""));
    }

    /** The environment that the plan changes; null without a plan. */
    @Nullable
    String changed(Map<String, String> variables) {
        var file = read(variables);
        return file == null ? null : file.to();
    }

    /** Where the plan archives; nowhere without one. */
    Archive archive(Map<String, String> variables) {
        var file = read(variables);
        return file == null ? new Archive.Nowhere() : file.archive();
    }

    /** Puts environments into a plan, and where their tables are staged. */
    void describe(PlanText text, Map<String, String> variables, String... names) {
        var file = read(variables);
        for (String name : names) {
            var known = find(variables, name);
            if (file == null) text.environment(name);
            else text.environment(known);
        }
        if (file != null) text.staging(file.staging());
    }

    /** Puts the archive of that plan, or the one that is configured, into a plan; tells whether there is any. */
    boolean describeArchive(PlanText text, Map<String, String> variables) {
        var file = read(variables);
        if (file != null && file.archive().keeps()) {
            text.archive(file.archive());
            return true;
        }
        if (values(variables).settings().apply("s3.bucket") == null) return false;
        text.line("archive { s3 { } }");
        return true;
    }

    private @Nullable Plan read(Map<String, String> variables) {
        return plan == null ? null : PlanLanguage.read(PlanLanguage.find(plan), values(variables));
    }

    /** All that a plan may take from outside. */
    OutsideValues values(Map<String, String> variables) {
        return PlanOptions.values(variables, params, set);
    }

    Map<String, String> params() {
        return params;
    }

    /** The folder from which paths of embedded data and certificates count. */
    Path beside() {
        return RunFolder.beside(plan == null ? Path.of("plan") : PlanLanguage.find(plan));
    }

    /** How to name it again. */
    String words() {
        return plan == null ? "" : " --plan " + plan;
    }
}
