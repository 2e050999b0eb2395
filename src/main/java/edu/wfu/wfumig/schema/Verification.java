package edu.wfu.wfumig.schema;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.inventory.Difference;
import edu.wfu.wfumig.inventory.Structure;
import edu.wfu.wfumig.schema.Applied.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Holds what is there against what migrations say. Whoever calls it has the lock of the database.
 *
 * <ol>
 *   <li>Files are held against the texts that were applied, which the history keeps: changed lines are shown.
 *   <li>The texts that were applied are run in a {@link Scratch} schema; one that names the live schema is refused.
 *   <li>Whatever goes by a name that they ever made there is compared with the live part: what is missing, extra or different is
 *       drift.
 *   <li>Of a table that was there before them (one of WordPress's own) only that counts which they changed there. A statement that
 *       changes such a table may be refused, because the table is as it is on the live side: what it is to make is there already,
 *       or what it takes away is gone.
 * </ol>
 *
 * Nothing is written but in the scratch schema. What no migration has made is nobody's business here: the part of a WordPress
 * site holds WordPress too.
 */
public final class Verification {
    /** A file that says something else than what was applied. */
    public record Changed(String id, String name, String file, List<String> lines) {}

    /**
     * @param unfinished migrations that are neither in nor out
     * @param drift empty also where something is unfinished: then it was not looked for
     */
    public record Found(List<Changed> changed, List<String> unfinished, List<Difference> drift) {
        public boolean clean() {
            return changed.isEmpty() && unfinished.isEmpty() && drift.isEmpty();
        }
    }

    private Verification() {}

    public static Found of(Installation here, Description description) {
        var standing = Standing.of(description, here);
        var changed = standing.changed().stream()
                .map(migration -> new Changed(
                        migration.id(),
                        migration.name(),
                        migration.file().toString(),
                        TextDiff.of(
                                Objects.requireNonNull(standing.history().get(migration.id()))
                                        .text(),
                                migration.text())))
                .toList();
        var unfinished = standing.history().values().stream()
                .filter(applied -> applied.state() != State.APPLIED && applied.state() != State.UNDONE)
                .map(applied -> applied.title() + " is " + applied.state().word())
                .toList();
        var applied = standing.history().values().stream()
                .filter(row -> row.state() == State.APPLIED)
                .toList();
        boolean judged = unfinished.isEmpty() && !applied.isEmpty();
        return new Found(changed, unfinished, judged ? drift(here, applied) : List.of());
    }

    private static List<Difference> drift(Installation here, List<Applied> applied) {
        var live = new LiveNames(here.part());
        applied.forEach(row -> live.look(row.title(), row.text()));
        live.require();
        var changed = Scratch.changed(applied);
        var refused = new ArrayList<String>();
        try (var scratch = Scratch.open(here)) {
            scratch.seed(applied.stream().map(Applied::text).toList(), applied);
            var names = touched(applied);
            var begun = scratch.structure();
            var before = begun;
            for (var row : applied) {
                run(scratch, here.part(), row, changed, refused);
                var after = scratch.structure();
                names.addAll(Migrator.touched(before, after));
                before = after;
            }
            var made = Structure.differences(begun, before).stream()
                    .map(one -> one.element().identity())
                    .collect(Collectors.toSet());
            // What a refused statement would have made nobody can say.
            String lost = String.join("\n", refused);
            var there = before.names();
            names.removeIf(name -> !there.contains(name) && here.part().mentions(lost, name));
            return Structure.differences(before.about(names), here.structure().about(names)).stream()
                    .filter(one -> !changed.names().contains(one.element().owner())
                            || made.contains(one.element().identity()))
                    .toList();
        }
    }

    static Set<String> touched(Collection<Applied> applied) {
        var names = new TreeSet<String>();
        for (var row : applied) {
            if (row.touched() != null) names.addAll(row.touched());
        }
        return names;
    }

    private static void run(Scratch scratch, Part part, Applied applied, Structure changed, List<String> refused) {
        var problems = new ArrayList<Problem>();
        var script = Script.of(applied.title(), applied.text(), part, problems);
        if (!problems.isEmpty()) throw new Refusal(Refusal.Kind.INVALID, problems);
        var names = new TreeSet<String>();
        changed.elements().forEach(element -> names.addAll(List.of(element.owner(), element.name())));
        try (var there = scratch.installation()) {
            var session = there.session();
            Runnable all = () -> {
                for (var statement : script.statements()) {
                    boolean known = names.stream().anyMatch(name -> part.mentions(statement.sql(), name));
                    try {
                        session.run(statement.sql());
                    } catch (Refusal refusal) {
                        if (!known || !session.alive()) throw unmakeable(applied, statement, refusal);
                        refused.add(statement.sql());
                    }
                }
            };
            // A transaction would be lost with its first refused statement.
            if (script.whole() && names.isEmpty()) session.together(all);
            else all.run();
        }
    }

    private static Refusal unmakeable(Applied applied, Script.Statement statement, Refusal refusal) {
        return new Refusal(
                refusal.kind(),
                Problem.of(
                        "what was applied cannot be made again beside the live schema: statement " + statement.number()
                                + " of " + applied.title() + ", "
                                + refusal.problems().get(0).found(),
                        "migrations that make all they need, or find it in tables that were there before",
                        "the live schema was only read",
                        "wfumig schema status"),
                refusal);
    }
}
