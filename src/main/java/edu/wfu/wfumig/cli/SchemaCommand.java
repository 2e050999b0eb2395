package edu.wfu.wfumig.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.schema.Acceptance;
import edu.wfu.wfumig.schema.Clearance;
import edu.wfu.wfumig.schema.Installation;
import edu.wfu.wfumig.schema.Migrator;
import edu.wfu.wfumig.schema.Part;
import edu.wfu.wfumig.schema.Rehearsal;
import edu.wfu.wfumig.schema.Reversal;
import edu.wfu.wfumig.schema.Standing;
import edu.wfu.wfumig.schema.Verification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "schema",
        description = "Versioned SQL: apply migrations, take them back, and hold a schema against them.",
        synopsisSubcommandLabel = "COMMAND")
final class SchemaCommand extends WfumigCommand {
    private static final Duration AT_ONCE = Duration.ZERO;

    @Command(name = "status", description = "What is applied, and what is pending.", mixinStandardHelpOptions = true)
    int status(@Mixin SchemaOptions options, @Option(names = "--json", description = "As JSON.") boolean json)
            throws JsonProcessingException {
        var description = options.description();
        var report = new SchemaReport(out());
        try (var place = new SchemaPlace(options, environment())) {
            var standings = new ArrayList<Map<String, Object>>();
            for (var part : place.parts()) {
                try (var here = place.installation(part)) {
                    var standing = Standing.of(description, here);
                    if (json)
                        standings.add(SchemaReport.facts(place.environment().name(), part, standing));
                    else report.print(place.environment().name(), part, standing);
                }
            }
            if (json) out().println(text(standings));
        }
        return ExitCode.DONE.number;
    }

    @Command(name = "migrate", description = "Apply what is pending.", mixinStandardHelpOptions = true)
    int migrate(
            @Mixin SchemaOptions options,
            @Mixin Confirmation confirmation,
            @Option(names = "--to", paramLabel = "ID", description = "Up to this one.", defaultValue = "") String to,
            @Option(names = "--judged", paramLabel = "done|again", description = JUDGED, defaultValue = "")
                    String judged,
            @Option(names = "--wait", paramLabel = "SECONDS", description = WAIT, defaultValue = "0") int seconds) {
        var description = options.description();
        try (var place = new SchemaPlace(options, environment())) {
            confirmation.requireName(place.environment(), terminal(), "wfumig schema migrate");
            place.locked(
                    "migrate",
                    Duration.ofSeconds(seconds),
                    () -> each(place, here -> {
                        var safety = place.safety(runs());
                        var applied = new Migrator(here, description, safety, judged, this::say).migrate(to);
                        if (applied.isEmpty()) say(here.part() + " has all migrations already");
                    }));
        }
        return ExitCode.DONE.number;
    }

    static final String JUDGED = "What became of a statement of which nobody can know whether it is in.";

    static final String WAIT = "How long a living owner of the database is waited for.";

    @Command(name = "rollback", description = "Take the last migration back.", mixinStandardHelpOptions = true)
    int rollback(
            @Parameters(paramLabel = "ID", description = "The migration.") String id,
            @Mixin SchemaOptions options,
            @Mixin Confirmation confirmation,
            @Option(names = "--discard-writes", description = "What was written since a dump may be lost.")
                    boolean discard,
            @Option(names = "--judged", paramLabel = "done|again", description = JUDGED, defaultValue = "")
                    String judged) {
        var description = options.description();
        try (var place = new SchemaPlace(options, environment())) {
            String question = "Take migration " + id + " of '"
                    + place.environment().name() + "' back, with the rows that only it has?";
            confirmation.require(place.environment(), terminal(), "wfumig schema rollback " + id, question);
            place.locked(
                    "rollback",
                    AT_ONCE,
                    () -> each(
                            place,
                            here -> new Reversal(here, description, place.safety(runs()), judged, discard, this::say)
                                    .undo(id)));
        }
        return ExitCode.DONE.number;
    }

    @Command(
            name = "verify",
            description = "Hold files and live schema against what was applied; tries that in a scratch schema.",
            mixinStandardHelpOptions = true)
    int verify(@Mixin SchemaOptions options, @Option(names = "--json", description = "As JSON.") boolean json)
            throws JsonProcessingException {
        var description = options.description();
        var report = new SchemaReport(out());
        var found = new ArrayList<Map<String, Object>>();
        var unclean = new ArrayList<Part>();
        try (var place = new SchemaPlace(options, environment())) {
            place.locked(
                    "verify",
                    AT_ONCE,
                    () -> each(place, here -> {
                        var verified = Verification.of(here, description);
                        if (!verified.clean()) unclean.add(here.part());
                        if (json) found.add(SchemaReport.facts(here.part(), verified));
                        else report.print(here.part(), verified);
                    }));
        }
        if (json) out().println(text(found));
        return unclean.isEmpty() ? ExitCode.DONE.number : ExitCode.MISMATCH.number;
    }

    @Command(
            name = "rehearse",
            description = "Try all migrations up, down and up again in a scratch schema.",
            mixinStandardHelpOptions = true)
    int rehearse(@Mixin SchemaOptions options) {
        var description = options.description();
        try (var place = new SchemaPlace(options, environment())) {
            place.locked(
                    "rehearse",
                    AT_ONCE,
                    () -> each(
                            place,
                            here -> new Rehearsal(here, description).run().forEach(this::say)));
        }
        return ExitCode.DONE.number;
    }

    @Command(
            name = "accept",
            description = "Say that a changed file, or what a rollback has left, is right.",
            mixinStandardHelpOptions = true)
    int accept(
            @Parameters(paramLabel = "ID", description = "The migration.") String id,
            @Mixin SchemaOptions options,
            @Mixin Confirmation confirmation) {
        var description = options.description();
        try (var place = new SchemaPlace(options, environment())) {
            confirmation.requireName(place.environment(), terminal(), "wfumig schema accept " + id);
            place.locked("accept", AT_ONCE, () -> each(place, here -> say(Acceptance.of(here, description, id))));
        }
        return ExitCode.DONE.number;
    }

    @Command(
            name = "reset",
            description = "Take all migrations back that come after one; or drop all that migrations have made.",
            mixinStandardHelpOptions = true)
    int reset(
            @Mixin SchemaOptions options,
            @Mixin Confirmation confirmation,
            @Option(names = "--to", paramLabel = "ID", description = "The last one that stays.") @Nullable String to,
            @Option(names = "--drop-all", description = "Drop all; asks twice, never where the plan protects it.")
                    boolean dropAll,
            @Option(names = "--discard-writes", description = "What was written since a dump may be lost.")
                    boolean discard) {
        if (dropAll == (to != null)) {
            throw new Refusal(
                    Refusal.Kind.INVALID,
                    Problem.of("how far back?", "one of --to ID and --drop-all", "nothing was run", ""));
        }
        var description = options.description();
        try (var place = new SchemaPlace(options, environment())) {
            if (to == null) {
                dropAll(place, confirmation);
                return ExitCode.DONE.number;
            }
            String question = "Take all migrations behind " + to + " of '"
                    + place.environment().name() + "' back?";
            confirmation.require(place.environment(), terminal(), "wfumig schema reset --to " + to, question);
            place.locked(
                    "reset",
                    AT_ONCE,
                    () -> each(
                            place,
                            here -> new Reversal(here, description, place.safety(runs()), "", discard, this::say)
                                    .undoAfter(to)));
        }
        return ExitCode.DONE.number;
    }

    private void dropAll(SchemaPlace place, Confirmation confirmation) {
        each(place, here -> Clearance.doomed(here).forEach(doomed -> say(here.part() + ": " + doomed)));
        String question = "Drop all of these from '" + place.environment().name() + "', with their rows?";
        confirmation.requireTwice(place.environment(), terminal(), "wfumig schema reset --drop-all", question);
        place.locked(
                "reset",
                AT_ONCE,
                () -> each(place, here -> {
                    Clearance.dropAll(here);
                    say(here.part() + " holds nothing of its migrations any more");
                }));
    }

    @Command(
            name = "unlock",
            description = "Free a database whose migrator is dead; refuses while it lives, and says who it is.",
            mixinStandardHelpOptions = true)
    int unlock(
            @Mixin SchemaOptions options,
            @Option(names = "--force", description = "Also while it lives: its connections are ended first.")
                    boolean force) {
        try (var place = new SchemaPlace(options, environment())) {
            String left = place.unlock(force);
            say(place.environment().name() + " is free: "
                    + (left == null ? "nobody held it" : "what " + left + " had left was taken away"));
        }
        return ExitCode.DONE.number;
    }

    /** Does work for each part; says which part it was when one fails among several. */
    static void each(SchemaPlace place, Consumer<Installation> work) {
        var parts = place.parts();
        for (Part part : parts) {
            try (var here = place.installation(part)) {
                work.accept(here);
            } catch (Refusal refusal) {
                if (parts.size() == 1) throw SchemaPlace.told(refusal);
                var problems = new ArrayList<>(SchemaPlace.told(refusal).problems());
                problems.add(
                        0,
                        Problem.of(
                                part + " was refused; " + parts.indexOf(part) + " of " + parts.size()
                                        + " before it are done",
                                "",
                                "",
                                ""));
                throw new Refusal(refusal.kind(), List.copyOf(problems));
            }
        }
    }

    private void say(String line) {
        out().println(line);
        out().flush();
    }

    private static String text(Object facts) throws JsonProcessingException {
        return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(facts);
    }
}
