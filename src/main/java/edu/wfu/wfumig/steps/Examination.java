package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.OwnerOnly;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Quantity;
import edu.wfu.wfumig.archive.ArchiveFailure;
import edu.wfu.wfumig.archive.ArchiveStore;
import edu.wfu.wfumig.database.Catalogue;
import edu.wfu.wfumig.database.Catalogue.Part;
import edu.wfu.wfumig.database.Databases;
import edu.wfu.wfumig.database.Findings;
import edu.wfu.wfumig.database.Needs;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Scope;
import edu.wfu.wfumig.lock.TargetMark;
import edu.wfu.wfumig.plan.Extent;
import edu.wfu.wfumig.plan.Parallel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks at all that a run needs, and writes nothing but a file that it deletes again: for {@code doctor} and for the first step of
 * every run.
 *
 * <ol>
 *   <li>Source and target are the servers of the preview, and the marks agree with the plan.
 *   <li>The accounts have the privileges that their part takes, also in staging's schema and those of old tables.
 *   <li>The servers' versions, settings, clocks, connections and disks are fit for it.
 *   <li>What tables are made of is on the target, or can be made there.
 *   <li>Staging is of the target's product and holds nothing that is not wfumig's.
 *   <li>Work folder and archive can be written and have room.
 * </ol>
 *
 * Where nothing is changed, only what is read is looked at; a dump that is there already is nobody's to read.
 *
 * @param extent how much is to be done
 * @param parallel how many connections are needed at a time
 * @param archive null when nothing is archived
 */
public record Examination(
        Graph graph,
        Databases databases,
        Path work,
        @Nullable ArchiveStore archive,
        Brake brake,
        Parallel parallel,
        Extent extent) {
    private static final int LONGEST_NAME = 64;
    /** What the names of schemas for old tables end with. */
    private static final String ANY_RUN = "_00000000";
    /** Lock, lease, catalogue, history, gauge. */
    private static final int CONNECTIONS_OF_ONES_OWN = 6;

    public Findings run() {
        var problems = new ArrayList<Problem>();
        var remarks = new ArrayList<String>();
        try (var source = databases.source().catalogue();
                var target = databases.target().catalogue()) {
            same("source", graph.source().identity(), source.facts().identity(), problems);
            same("target", graph.target().identity(), target.facts().identity(), problems);
            if (extent.reads()) mark(graph.source()).sourceProblem(source).ifPresent(problems::add);
            mark(graph.target()).targetProblem(target).ifPresent(problems::add);
            if (extent.reads()) source(source, problems, remarks);
            if (!extent.writes()) {
                places(problems);
                return new Findings(List.copyOf(problems), List.copyOf(remarks));
            }
            grants(target.missingGrants(graph.target().schema(), Part.REPLACE), "target", problems);
            kept(target, problems);
            var limits = source.limits();
            add(target.examine(needs("target", Part.REPLACE, limits, triggers(source))), problems, remarks);
            if (databases.staging() == databases.target()) staging(target, null, problems);
            else staging(target, limits, problems);
        }
        new Prerequisites(graph, databases).missing(problems);
        places(problems);
        return new Findings(List.copyOf(problems), List.copyOf(remarks));
    }

    private void source(Catalogue source, List<Problem> problems, List<String> remarks) {
        grants(source.missingGrants(graph.source().schema(), Part.READ), "source", problems);
        grants(brake.missingGrants(), "source", problems);
        add(source.examine(needs("source", Part.READ, new Catalogue.Limits(0, 0), false)), problems, remarks);
    }

    private void places(List<Problem> problems) {
        disk(problems);
        probe(problems);
    }

    private static void add(Findings findings, List<Problem> problems, List<String> remarks) {
        problems.addAll(findings.problems());
        remarks.addAll(findings.remarks());
    }

    private static TargetMark mark(Graph.Side side) {
        return new TargetMark(side.environment(), side.identity(), side.schema());
    }

    private static void same(String side, String planned, String found, List<Problem> problems) {
        if (planned.equals(found)) return;
        problems.add(Problem.of(
                "the " + side + "'s server is " + found + ", the preview was made for " + planned,
                "the same server",
                "nothing was written",
                "wfumig plan, then run again"));
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

    /** At a time: a lane reads; or proves twice as many ranges as it loads tables; or loads large ones, makes keys and proves. */
    private int connections(boolean reads) {
        boolean large = graph.scopes().stream().anyMatch(scope -> scope.bytes() > Piece.BYTES);
        int each = reads ? 1 : large ? 3 : 2;
        return parallel.sites() * parallel.chunks() * each + CONNECTIONS_OF_ONES_OWN;
    }

    private Needs needs(String side, Part part, Catalogue.Limits of, boolean triggers) {
        boolean reads = part == Part.READ;
        var tables = graph.scopes().stream()
                .flatMap(scope -> scope.tables().stream())
                .toList();
        return new Needs(
                side,
                part,
                connections(reads),
                reads ? 0 : tables.size(),
                !reads && tables.stream().anyMatch(table -> !table.keyed()),
                triggers,
                !reads && tables.stream().anyMatch(table -> table.name().matches(".*[A-Z].*")),
                reads ? 0 : graph.bytes(),
                of.packet(),
                of.page());
    }

    private boolean triggers(Catalogue source) {
        var moving = graph.scopes().stream()
                .flatMap(scope -> scope.tableNames().stream())
                .collect(Collectors.toSet());
        return source.triggers(graph.source().schema()).stream().anyMatch(trigger -> moving.contains(trigger.table()));
    }

    /** Old tables go into a schema of each run: it must have a name and be the account's to write. */
    private void kept(Catalogue target, List<Problem> problems) {
        String schema = graph.kept().schema();
        if (!graph.kept().own()) return;
        if (schema.length() + ANY_RUN.length() > LONGEST_NAME) {
            problems.add(Problem.of(
                    "the schemas for old tables would have names of " + (schema.length() + ANY_RUN.length())
                            + " characters (" + schema + "_…)",
                    "at most " + LONGEST_NAME,
                    "nothing was written",
                    "leave out the plan's staging block: old tables then stay in the target's schema"));
        }
        var missing = target.missingGrants(schema + ANY_RUN, Part.KEEP);
        grants(missing.stream().map(grant -> grant.replace(ANY_RUN, "_%")).toList(), "target", problems);
    }

    /** @param limits the source's, when staging has a server of its own */
    private void staging(Catalogue target, Catalogue.@Nullable Limits limits, List<Problem> problems) {
        var place = graph.staging();
        try (var staging = databases.staging().catalogue()) {
            if (limits != null) {
                if (!target.facts().product().equals(staging.facts().product())) {
                    problems.add(Problem.of(
                            "staging is " + staging.facts() + ", the target is " + target.facts(),
                            "the same product on both",
                            "nothing was written",
                            "name a staging server of the target's product"));
                }
                problems.addAll(staging.examine(needs("staging", Part.REPLACE, limits, false))
                        .problems());
            }
            var missing = place.own() ? staging.missingGrants(place.schema(), Part.REPLACE) : List.<String>of();
            grants(missing, "staging", problems);
            if (!missing.isEmpty()) return; // it may not even be looked into
        }
        new StagingArea(databases.staging(), place).foreign().ifPresent(problems::add);
    }

    /** The dumps of scopes that move side by side must find room at the same time. */
    private void disk(List<Problem> problems) {
        try {
            OwnerOnly.folders(work);
            // Always the same name: what a killed process left of it goes with the next one.
            Files.write(work.resolve(".probe"), new byte[0]);
            Files.deleteIfExists(work.resolve(".probe"));
            long free = Files.getFileStore(work).getUsableSpace();
            long largest = graph.scopes().stream()
                    .map(Scope::bytes)
                    .sorted(Comparator.reverseOrder())
                    .limit(parallel.sites())
                    .mapToLong(Long::longValue)
                    .sum();
            if (free < largest) {
                problems.add(Problem.of(
                        "the work folder " + work + " has " + Quantity.bytes(free) + " left",
                        "room for the dumps of the largest scopes, about " + Quantity.bytes(largest),
                        "nothing was written",
                        "make room, or name another folder with --work-dir"));
            }
        } catch (IOException e) {
            problems.add(Problem.of(
                    "the work folder " + work + " cannot be written: " + e.getMessage(),
                    "a folder for dumps",
                    "nothing was written",
                    "name another folder with --work-dir"));
        }
    }

    private void probe(List<Problem> problems) {
        if (archive == null) return;
        try {
            archive.probe();
        } catch (IOException e) {
            problems.add(
                    ArchiveFailure.problem(e, "the archive cannot be written", "nothing was written", "wfumig run"));
        }
    }
}
