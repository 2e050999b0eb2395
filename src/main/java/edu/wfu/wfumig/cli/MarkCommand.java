package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.dsl.PlanLanguage;
import edu.wfu.wfumig.lock.Owner;
import edu.wfu.wfumig.lock.TargetLock;
import edu.wfu.wfumig.lock.TargetMark;
import edu.wfu.wfumig.plan.Environment;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "mark", description = "Write into a database which environment it is; every run looks at it.")
final class MarkCommand extends WfumigCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ENV", description = "The environment, as the plan calls it.")
    private String name = "";

    @Option(
            names = "--plan",
            paramLabel = "PLAN",
            description = "The plan that says where it is (default: wfumig config env ENV).")
    private @Nullable Path plan;

    @Option(names = "--param", paramLabel = "NAME=VALUE", description = "A value for param('NAME') in that plan.")
    private Map<String, String> params = new LinkedHashMap<>();

    @Option(names = "--replace", description = "Also when it is marked already, as something else or somewhere else.")
    private boolean replace;

    @Mixin
    private Confirmation confirmation;

    @Override
    public Integer call() {
        var target = plan == null ? ConfiguredEnvironment.of(environment(), name) : environment(plan);
        confirmation.requireName(target, terminal(), "wfumig mark " + name + (plan == null ? "" : " --plan " + plan));
        var database = Servers.connect(target.server(), plan == null ? Path.of("") : RunFolder.beside(plan), secrets());
        String identity = Wiring.identity(database);
        var mark = new TargetMark(name, identity, target.schema());
        var owner = Owner.here("mark");
        try (var lock = TargetLock.take(database, identity, target.schema(), owner, TargetLock.LEASE)) {
            if (replace) mark.write(database, owner.toString());
            else requireUnmarked(mark.writeIfMissing(database, owner.toString()), mark, database);
            lock.require();
        }
        out().println(target.schema() + " on " + target.server() + " is marked as '" + name + "'");
        return ExitCode.DONE.number;
    }

    /** What is marked so already is well; another mark stays where it is. */
    private static void requireUnmarked(boolean written, TargetMark mark, Database database) {
        if (written) return;
        try (var catalogue = database.catalogue()) {
            mark.requireTarget(catalogue);
        }
    }

    private Environment environment(Path file) {
        var values = PlanOptions.values(environment(), params, Map.of());
        var known = PlanLanguage.read(PlanLanguage.find(file), values).environments();
        var found = known.get(name);
        if (found != null) return found;
        throw new Refusal(
                Refusal.Kind.INVALID,
                Problem.of(
                        "no environment of " + file + " is called '" + name + "'",
                        "one of " + known.keySet(),
                        "nothing was written",
                        ""));
    }
}
