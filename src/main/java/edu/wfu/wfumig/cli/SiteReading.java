package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.ScopeId;
import edu.wfu.wfumig.plan.Extent;
import edu.wfu.wfumig.plan.Extent.Part;
import edu.wfu.wfumig.steps.Delivery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The steps by hand that only read an environment. */
record SiteReading(WfumigCommand command, ScopeChoice scopes, String env, HandOptions options) {
    int export(String output) throws IOException {
        Path place = Path.of(output).toAbsolutePath().normalize();
        boolean folder = output.endsWith(Delivery.FOLDER)
                || Files.isDirectory(place)
                || scopes.scopes().size() > 1;
        var extent = new Extent(Part.EXPORT, place + (folder ? Delivery.FOLDER : ""));
        scopes.scopes().forEach(new Delivery(extent)::requireFree);
        return read(text("export-"), extent, work -> {});
    }

    int backup(@Nullable Path archive) throws IOException {
        var text = text("backup-");
        if (archive != null) {
            text.archive(archive);
        } else if (!options.environments().describeArchive(text, command.environment())) {
            throw new Refusal(
                    Refusal.Kind.INVALID,
                    Problem.of(
                            "there is no archive to back up into",
                            "--archive DIR, a plan with an archive, or an S3 that is configured",
                            "nothing was written",
                            "wfumig config s3 set bucket=… region=…, or " + command.typed() + " --archive DIR"));
        }
        return read(text, Extent.of(Part.BACKUP), work -> {});
    }

    int verify(@Nullable String against) throws IOException {
        var expected = new ArrayList<Expectation>();
        for (var scope : scopes.scopes()) expected.add(expectation(scope, against));
        var names = expected.stream().map(Expectation::from).distinct().collect(Collectors.joining(", "));
        return read(text("verify-"), new Extent(Part.VERIFY, names), work -> {
            for (var one : expected) one.write(work.migrated(one.scope()));
        });
    }

    private int read(PlanText text, Extent extent, HandRun.Provision provision) throws IOException {
        try (var run = new HandRun(command, options, text)) {
            return run.read(extent, provision);
        }
    }

    private Expectation expectation(ScopeId scope, @Nullable String against) throws IOException {
        var runs = command.runs();
        var choice = options.environments();
        var environment = choice.find(command.environment(), env);
        if (against == null) return Expectation.ofNewest(scope, runs, environment, choice.beside(), command.secrets());
        if (!Files.exists(runs.folder().resolve(against).resolve("journal.jsonl"))) {
            return Expectation.ofDump(scope, Path.of(against));
        }
        return Expectation.ofRun(scope, runs.folderOf(against), environment, choice.beside(), command.secrets());
    }

    private PlanText text(String doing) {
        var text = new PlanText(doing + env);
        var choice = options.environments();
        choice.describe(text, command.environment(), env);
        text.ends(env, env);
        scopes.describe(text, choice.find(command.environment(), env));
        return text;
    }
}
