package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Quantity;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.archive.ArchiveFailure;
import edu.wfu.wfumig.archive.ArchiveStore;
import edu.wfu.wfumig.database.Catalogue.Part;
import edu.wfu.wfumig.database.Databases;
import edu.wfu.wfumig.database.Needed;
import edu.wfu.wfumig.executor.Pulse;
import edu.wfu.wfumig.executor.StepRunner;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Step;
import edu.wfu.wfumig.lock.Owner;
import edu.wfu.wfumig.lock.TargetMark;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks before anything is written: servers are those of the preview, privileges suffice, staging is wfumig's, work
 * folder and archive can be written and have room. All that is wrong is told at once.
 *
 * <p>Safe to repeat: it makes the staging schema, sweeps what earlier runs left there, makes what tables are made of and the target
 * lacks, and marks a target that has no mark.
 */
public final class PreflightRunner implements StepRunner<Step.Preflight> {
    private final Graph graph;
    private final Databases databases;
    private final WorkFolder work;
    private final @Nullable ArchiveStore archive;
    private final Brake brake;

    private final boolean marks;

    /**
     * @param marks whether a target without a mark gets one
     */
    public PreflightRunner(
            Graph graph,
            Databases databases,
            WorkFolder work,
            @Nullable ArchiveStore archive,
            Brake brake,
            boolean marks) {
        this.graph = graph;
        this.databases = databases;
        this.work = work;
        this.archive = archive;
        this.brake = brake;
        this.marks = marks;
    }

    @Override
    public Map<String, Object> run(Step.Preflight step, Pulse pulse) {
        var problems = new ArrayList<Problem>();
        try (var source = databases.source().catalogue();
                var target = databases.target().catalogue()) {
            same("source", graph.source().identity(), source.facts().identity(), problems);
            same("target", graph.target().identity(), target.facts().identity(), problems);
            grants(source.missingGrants(graph.source().schema(), Part.READ), "source", problems);
            grants(brake.missingGrants(), "source", problems);
            grants(target.missingGrants(graph.target().schema(), Part.REPLACE), "target", problems);
            if (!target.facts().localInfile()) {
                pulse.say("the target's server forbids LOAD DATA LOCAL; rows go in by INSERT, which is slower");
            }
        }
        var needs = needs(problems);
        if (databases.staging() != databases.target()) sameProduct(problems);
        disk(problems);
        if (archive != null) probe(archive, problems);
        if (!problems.isEmpty()) throw new Refusal(Refusal.Kind.FAILED, problems);
        brake.introduce(pulse);
        make(needs, pulse);
        new StagingArea(databases.staging(), graph.staging()).prepare();
        if (!graph.landing().equals(graph.staging())) new StagingArea(databases.target(), graph.landing()).prepare();
        if (marks) mark(pulse);
        return Map.of();
    }

    /** Whoever let the run come as far has confirmed it, and nothing was found wrong. */
    private void mark(Pulse pulse) {
        var target = graph.target();
        var mark = new TargetMark(target.environment(), target.identity(), target.schema());
        if (mark.writeIfMissing(
                databases.target(), Owner.here("a run of " + graph.plan()).toString())) {
            pulse.say("the target had no mark; it is marked as '" + target.environment() + "' now");
        }
    }

    /** What the tables are made of and the target lacks: types, say. What is not wfumig's to make is a problem. */
    private List<Needed> needs(List<Problem> problems) {
        var names = new ArrayList<String>();
        for (var scope : graph.scopes()) {
            names.addAll(scope.tableNames());
            names.addAll(scope.views());
        }
        var missing = new ArrayList<Needed>();
        try (var source = databases.source().catalogue();
                var target = databases.target().catalogue()) {
            var needs = source.needs(graph.source().schema(), names);
            var standing = target.standing(needs);
            for (var need : needs) {
                var found = standing.stream()
                        .filter(one -> one.kind() == need.kind() && one.name().equals(need.name()))
                        .findFirst()
                        .orElse(null);
                if (need.servedBy(found)) continue;
                if (found == null && need.makeable()) missing.add(need);
                else problems.add(unserved(need, found != null));
            }
        }
        return missing;
    }

    private static Problem unserved(Needed need, boolean other) {
        String kind = need.kind().name().toLowerCase(Locale.ROOT);
        return Problem.of(
                "the tables are made of the " + kind + " " + need.name() + ", which the target "
                        + (other ? "has otherwise" : "lacks"),
                "the same on both sides",
                "nothing was written",
                other ? "make both the same: " + need.create() : need.create());
    }

    private void make(List<Needed> needs, Pulse pulse) {
        if (needs.isEmpty()) return;
        try (var editor = databases.target().editor()) {
            for (var need : needs) {
                editor.complete(need.create());
                pulse.say("made " + need.name() + " on the target, which tables are made of");
            }
        }
    }

    private static void same(String side, String planned, String found, List<Problem> problems) {
        if (planned.equals(found)) return;
        problems.add(Problem.of(
                "the " + side + "'s server is " + found + ", the preview was made for " + planned,
                "the same server",
                "nothing was written",
                "wfumig plan, then run again"));
    }

    /** Definitions are mapped for the target's product; staging must understand the same ones. */
    private void sameProduct(List<Problem> problems) {
        try (var target = databases.target().catalogue();
                var staging = databases.staging().catalogue()) {
            if (target.facts().product().equals(staging.facts().product())) return;
            problems.add(Problem.of(
                    "staging is " + staging.facts() + ", the target is " + target.facts(),
                    "the same product on both",
                    "nothing was written",
                    "name a staging server of the target's product"));
        }
    }

    private static void grants(List<String> missing, String side, List<Problem> problems) {
        for (String grant : missing) {
            problems.add(Problem.of(
                    "the account on the " + side + "'s server lacks a privilege",
                    "what a migration needs",
                    "nothing was written",
                    grant));
        }
    }

    private void disk(List<Problem> problems) {
        try {
            Files.createDirectories(work.root());
            // Always the same name: what a killed process left of it goes with the next one.
            Files.write(work.root().resolve(".probe"), new byte[0]);
            Files.deleteIfExists(work.root().resolve(".probe"));
            long free = Files.getFileStore(work.root()).getUsableSpace();
            long largest = graph.scopes().stream()
                    .mapToLong(scope -> scope.bytes())
                    .max()
                    .orElse(0);
            if (free < largest) {
                problems.add(Problem.of(
                        "the work folder " + work.root() + " has " + Quantity.bytes(free) + " left",
                        "room for the dumps of the largest scope, about " + Quantity.bytes(largest),
                        "nothing was written",
                        "make room, or name another folder with --work-dir"));
            }
        } catch (IOException e) {
            problems.add(Problem.of(
                    "the work folder " + work.root() + " cannot be written: " + e.getMessage(),
                    "a folder for dumps",
                    "nothing was written",
                    "name another folder with --work-dir"));
        }
    }

    private static void probe(ArchiveStore archive, List<Problem> problems) {
        try {
            archive.probe();
        } catch (IOException e) {
            String doing = "the archive cannot be written";
            problems.add(ArchiveFailure.problem(e, doing, "nothing was written", "wfumig run"));
        }
    }
}
