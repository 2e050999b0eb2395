package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.database.Intake;
import edu.wfu.wfumig.graph.TableNames;
import edu.wfu.wfumig.ledger.Ledger;
import edu.wfu.wfumig.ledger.RunState.Outcome;
import edu.wfu.wfumig.ledger.Runs;
import edu.wfu.wfumig.lock.Owner;
import edu.wfu.wfumig.lock.TargetLock;
import edu.wfu.wfumig.plan.Environment;
import edu.wfu.wfumig.plan.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The places of a target into which files of others have gone.
 *
 * @param server opens the target's server anew: whoever gives up a lock does not write through the same one again
 */
record Intakes(Supplier<Database> server, Environment target, Runs runs) {
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}(?=T)");
    private static final int OLD_DAYS = 30;

    /** A schema; on PostgreSQL a database, because dumps name their schema. */
    static String place(Environment environment) {
        return environment.server() instanceof Server.Postgres postgres ? postgres.database() : environment.schema();
    }

    List<String> names() {
        String prefix = TableNames.intakePrefix(place(target));
        return server.get().intake("").places().stream()
                .filter(schema -> schema.startsWith(prefix))
                .toList();
    }

    /**
     * Drops what dead imports left, and those whose run is over. What a run may still need stays, and so does what somebody fills
     * right now.
     *
     * @return what stays, and why
     */
    List<String> sweep() throws IOException {
        var stay = new ArrayList<String>();
        for (String schema : names()) {
            var database = server.get();
            try (var lock = TargetLock.takeStaging(database, Wiring.identity(database), schema, Owner.here("sweep"))) {
                var intake = database.intake(schema);
                String run = intake.run();
                if (run == null || over(run)) intake.drop();
                else stay.add(schema + " stays: " + run + " may go on from it");
                lock.require();
            } catch (Refusal refusal) {
                if (refusal.kind() != Refusal.Kind.LOCKED) throw refusal;
                stay.add(schema + " stays: " + refusal.problems().get(0).found());
            }
        }
        return stay;
    }

    /** Refuses to fill a place anew that a run may go on from. Its lock must be held. */
    void requireFree(Intake intake, String place) throws IOException {
        String run = intake.run();
        if (run == null || over(run)) return;
        throw new Refusal(
                Refusal.Kind.INVALID,
                Problem.of(
                        "this file stands in " + place + " already, and " + run + " may go on from it",
                        "a file that no run is at",
                        "nothing was written",
                        "wfumig resume " + run + "; for another run of it, import a copy of the file"));
    }

    /** Refuses unless a place is still what was made for a run. */
    static void requireOwn(Database database, String place, String run) {
        String found = database.intake(place).run();
        if (run.equals(found)) return;
        throw new Refusal(
                Refusal.Kind.STALE,
                Problem.of(
                        found == null
                                ? "the file is not in " + place + " any more"
                                : place + " was filled anew, for " + found,
                        "what was made of the file for " + run,
                        "the target is untouched",
                        "import the file anew"));
    }

    /** Whether a run will not go on. One that has a folder and no more was killed before it began: its import holds no lock. */
    private boolean over(String run) throws IOException {
        Path folder = runs.folder().resolve(run);
        if (!Files.exists(folder.resolve("journal.jsonl"))) return Files.isDirectory(folder) || old(run);
        var outcome = Ledger.peek(folder).outcome();
        return outcome == Outcome.DONE || outcome == Outcome.ROLLED_BACK;
    }

    /** Somebody else's run may be known elsewhere; after a month nobody goes on from it. */
    private static boolean old(String run) {
        var day = DAY.matcher(run);
        return day.find()
                && LocalDate.parse(day.group()).isBefore(LocalDate.now().minusDays(OLD_DAYS));
    }
}
