package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.dsl.OutsideValues;
import edu.wfu.wfumig.dsl.PlanLanguage;
import edu.wfu.wfumig.plan.Plan;
import edu.wfu.wfumig.settings.Configuration;
import edu.wfu.wfumig.settings.Folders;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How a command is told which plan it is about. */
final class PlanOptions {
    @Parameters(paramLabel = "PLAN", description = "The plan file; x.groovy also finds x.migration.groovy.")
    private Path plan = Path.of("");

    @Option(
            names = "--param",
            paramLabel = "NAME=VALUE",
            description = "A value for param('NAME') in the plan; may be given several times.")
    private Map<String, String> params = new LinkedHashMap<>();

    @Option(
            names = "--reverse",
            description = "The other way: what the plan reads is changed, what it changes is read.")
    private boolean reverse;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting that counts more than the plan, as in env.uat.host=10.0.0.7.")
    private Map<String, String> set = new LinkedHashMap<>();

    Path file() {
        return PlanLanguage.find(plan);
    }

    Path asGiven() {
        return plan;
    }

    Map<String, String> params() {
        return params;
    }

    boolean reverse() {
        return reverse;
    }

    Plan read(Map<String, String> environment) {
        return Direction.of(PlanLanguage.read(file(), values(environment, params, set)), reverse);
    }

    /** All that plans may take from outside. */
    static OutsideValues values(Map<String, String> environment, Map<String, String> params, Map<String, String> set) {
        set.keySet().forEach(key -> {
            int last = key.lastIndexOf('.');
            Configuration.requireKnown(key.replaceFirst("\\..*", ""), last < 0 ? key : key.substring(last + 1));
        });
        var configuration = new Configuration(environment, Folders.of(environment));
        return new OutsideValues(
                environment, params, set, key -> configuration.value(key).orElse(null));
    }
}
