package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Quantity;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.database.Intake;
import edu.wfu.wfumig.dump.ImportRules;
import edu.wfu.wfumig.dump.MysqlImportRules;
import edu.wfu.wfumig.dump.PostgresImportRules;
import edu.wfu.wfumig.graph.TableNames;
import edu.wfu.wfumig.lock.Owner;
import edu.wfu.wfumig.lock.TargetLock;
import edu.wfu.wfumig.lock.TargetMark;
import edu.wfu.wfumig.plan.Environment;
import edu.wfu.wfumig.plan.Extent;
import edu.wfu.wfumig.plan.Server;
import edu.wfu.wfumig.steps.ForeignFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Brings a dump that others made, as any change is brought.
 *
 * <ol>
 *   <li>Somebody says so: the intake is on the target's server, and a preview needs it.
 *   <li>The intake's name follows from the file. Its lock is held until the end: nobody else fills or drops it meanwhile. What a run
 *       may still need is never filled anew.
 *   <li>Its statements run in a schema of wfumig's own on the target's server, the intake. What earlier imports left there is swept.
 *   <li>What stands there then is the source of a run: exported, staged, verified, backed up, swapped in. Sites keep the addresses
 *       that the target knows them by.
 *   <li>When the run is done the intake is dropped; before it has begun, too. A run that failed keeps it for its resume.
 * </ol>
 */
final class SiteImport {
    /** What the file is called in the plan. */
    private static final String SOURCE = "file";

    /** A statement is held in memory several times on its way. */
    private static final int SHARE_OF_HEAP = 8;

    private final WfumigCommand command;
    private final ImportChoice choice;
    private final String env;
    private final ChangeOptions changes;

    SiteImport(WfumigCommand command, ImportChoice choice, String env, ChangeOptions changes) {
        this.command = command;
        this.choice = choice;
        this.env = env;
        this.changes = changes;
    }

    int run() throws IOException {
        var environments = changes.hand().environments();
        var target = environments.find(command.environment(), env);
        requireFile(target);
        String place = TableNames.intakePrefix(Intakes.place(target)) + TableNames.brief(fingerprint());
        var text = new PlanText("import-" + env);
        environments.describe(text, command.environment(), env);
        text.environment(intake(target, place)).ends(SOURCE, env);
        try (var run = new HandRun(command, changes.hand(), text)) {
            confirm(target, place);
            requireRights(target, place);
            var intakes = new Intakes(() -> connect(target), target, command.runs());
            intakes.sweep().forEach(this::say);
            var database = connect(target);
            var owner = Owner.here("import of " + choice.file().getFileName());
            try (var lock = TargetLock.takeStaging(database, Wiring.identity(database), place, owner)) {
                intakes.requireFree(database.intake(place), place);
                try {
                    var sites = take(database, target, place, run.id());
                    lock.require();
                    if (choice.tables().isEmpty()) text.sites(sites);
                    else text.tables(choice.tables(), target);
                    changes.describe(text, command);
                    return run.change(Extent.of(Extent.Part.IMPORT), changes, work -> {});
                } finally {
                    if (!run.begun()) drop(database.intake(place), place, run.id());
                }
            }
        }
    }

    private void requireFile(Environment target) {
        if (!choice.sites().isEmpty() && !choice.tables().isEmpty()) {
            throw refuse("--site and --tables", "one of them");
        }
        if (target.server().postgres() && choice.tables().isEmpty()) {
            throw refuse("'" + env + "' is PostgreSQL, where no sites are", "--tables GLOB");
        }
        if (!Files.isRegularFile(choice.file())) throw refuse("there is no file " + choice.file(), "a dump");
    }

    /** The same file, unchanged, always goes into a schema of the same name. */
    private String fingerprint() throws IOException {
        Path file = choice.file().toRealPath();
        return file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
    }

    private static Environment intake(Environment target, String place) {
        Server server = target.server();
        String schema = target.schema();
        if (server instanceof Server.Postgres own) {
            server = new Server.Postgres(own.host(), own.port(), place, own.user(), own.password(), own.ssl());
        } else {
            schema = place;
        }
        return new Environment(SOURCE, server, schema, target.tablePrefix(), null, target.location(), null);
    }

    private Database connect(Environment environment) {
        return Servers.connect(
                environment.server(), changes.hand().environments().beside(), command.secrets());
    }

    /** Before anything is written to the target's server: a dry run and a rehearsal fill the intake, too. */
    private void confirm(Environment target, String place) {
        String question = "Take " + choice.file() + " into " + place + " on the server of '" + env + "'?";
        changes.confirmation().require(target, command.terminal(), command.typed(), question);
    }

    /** The target must be what it is taken for, and the account must be able to make the intake, and not to do anything at all. */
    private void requireRights(Environment target, String place) {
        var database = connect(target);
        try (var catalogue = database.catalogue()) {
            new TargetMark(env, catalogue.facts().identity(), target.schema()).requireTarget(catalogue);
        }
        for (String right : database.intake(place).excessRights()) throw tooMighty(right);
        var missing = database.intake(place).missingGrants();
        if (missing.isEmpty()) return;
        throw new Refusal(
                Refusal.Kind.FAILED,
                missing.stream()
                        .map(grant -> Problem.of(
                                "the account may not make " + place + ", into which the file goes first",
                                "an account that may",
                                "nothing was written",
                                grant))
                        .toList());
    }

    private Refusal tooMighty(String right) {
        return new Refusal(
                Refusal.Kind.FAILED,
                Problem.of(
                        "the account of '" + env + "' has " + right + ", and functions of the file would run with it",
                        "an account that can do nothing but own these tables and make databases",
                        "nothing was written",
                        "CREATE ROLE importer LOGIN CREATEDB, make it a member of the role that owns the tables, and let '"
                                + env + "' log in as importer"));
    }

    /** Takes the file in; returns the sites that are to move. */
    private List<Long> take(Database database, Environment target, String place, String run) {
        try (var intake = database.intake(place)) {
            intake.open();
            var taken = new ForeignFile(choice.file(), most(database), choice.noEndMarker())
                    .into(intake, rules(database, intake, target, place));
            intake.complete(run);
            say(choice.file() + ": " + Quantity.of(taken.run(), "statement") + ", " + Quantity.bytes(taken.bytes())
                    + (taken.leftOut() > 0 ? "; " + taken.leftOut() + " left out" : ""));
            if (!choice.tables().isEmpty()) return List.of();
            try (var catalogue = database.catalogue()) {
                var held = new FileSites(catalogue, database.dialect(), place, target);
                held.remarks().forEach(this::say);
                return held.chosen(choice.sites());
            }
        }
    }

    private static ImportRules rules(Database database, Intake intake, Environment target, String place) {
        if (target.server().postgres()) return new PostgresImportRules();
        var others = intake.places().stream()
                .filter(other -> !other.equalsIgnoreCase(place))
                .toList();
        try (var catalogue = database.catalogue()) {
            var facts = catalogue.facts();
            return new MysqlImportRules(others, facts.mariadb(), facts.version());
        }
    }

    /** Neither the server nor this process takes more at once. */
    private static int most(Database database) {
        long heap = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
        try (var catalogue = database.catalogue()) {
            long packet = catalogue.limits().packet();
            return (int) Math.min(packet == 0 ? heap : Math.min(packet, heap), 1 << 30);
        }
    }

    /** What cannot be dropped now is swept by the next import. */
    private void drop(Intake intake, String place, String id) {
        try {
            String run = intake.run();
            if (run == null || run.equals(id)) intake.drop();
        } catch (Refusal refusal) {
            command.err()
                    .println(place + " is not dropped: "
                            + refusal.problems().get(0).found());
        }
    }

    private void say(String line) {
        if (!changes.hand().json()) command.out().println(line);
    }

    private static Refusal refuse(String found, String expected) {
        return new Refusal(Refusal.Kind.INVALID, Problem.of(found, expected, "nothing was written", ""));
    }
}
