package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.lock.Owner;
import edu.wfu.wfumig.lock.TargetLock;
import edu.wfu.wfumig.lock.TargetMark;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "mark", description = "Write into a database which environment it is; every run looks at it.")
final class MarkCommand extends WfumigCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ENV", description = "The environment, as the plan calls it.")
    private String name = "";

    @Mixin
    private EnvironmentChoice choice;

    @Option(names = "--replace", description = "Also when it is marked already, as something else or somewhere else.")
    private boolean replace;

    @Mixin
    private Confirmation confirmation;

    @Override
    public Integer call() {
        var target = choice.find(environment(), name);
        confirmation.requireName(target, terminal(), "wfumig mark " + name + choice.words());
        var database = Servers.connect(target.server(), choice.beside(), secrets());
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
}
