package edu.wfu.wfumig.schema;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.inventory.Difference;
import edu.wfu.wfumig.inventory.Element;
import edu.wfu.wfumig.inventory.Structure;
import edu.wfu.wfumig.schema.Applied.State;
import edu.wfu.wfumig.schema.History.Begun;
import edu.wfu.wfumig.schema.History.Way;
import edu.wfu.wfumig.schema.Script.Statement;
import edu.wfu.wfumig.schema.StatementLedger.Word;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes migrations back, the last one first, and proves it. Whoever calls it has the lock of the database.
 *
 * <ol>
 *   <li>Only the last migration that is in can be taken back: the ones behind it may stand on it.
 *   <li>Of one that was cut short, it is judged first which of its statements are in.
 *   <li>Its rollback script runs under the same ledger. Statements behind a line {@code -- wfumig: undoes 3} run only when the
 *       third statement is in; others always, so they are written that they hold: {@code DROP TABLE IF EXISTS}.
 *   <li>Without a script, what it has touched comes from the dump that was taken before it. What was written since is lost, and
 *       somebody must say so.
 *   <li>Then what it has touched must be what it was, and all else what it was a moment ago. If it is not, the migration is
 *       {@code dirty}, and every difference is named.
 * </ol>
 *
 * Safe to repeat: statements of the script that are in are passed over, and the proof is made again.
 */
public final class Reversal {
    private final Installation here;
    private final Description description;
    private final @Nullable Safety safety;
    private final Word word;
    private final boolean discardsWrites;
    private final Consumer<String> say;

    /**
     * @param safety brings dumps back; null where there are none
     * @param judged as for a {@link Migrator}
     * @param discardsWrites whether somebody said that what was written since a dump may be lost
     */
    public Reversal(
            Installation here,
            Description description,
            @Nullable Safety safety,
            String judged,
            boolean discardsWrites,
            Consumer<String> say) {
        this.here = here;
        this.description = description;
        this.safety = safety;
        this.word = Migrator.word(judged);
        this.discardsWrites = discardsWrites;
        this.say = say;
    }

    /** Takes back all migrations behind one, the last first; all of them for zeros. */
    public List<String> undoAfter(String id) {
        description.requirePlace(id);
        var back = here.history().all().values().stream()
                .filter(applied ->
                        applied.state() != State.UNDONE && applied.id().compareTo(id) > 0)
                .sorted(Comparator.comparing(Applied::id).reversed())
                .toList();
        var problems = new ArrayList<Problem>();
        for (var applied : back) possible(applied).ifPresent(problems::add);
        if (!problems.isEmpty()) throw new Refusal(Refusal.Kind.STALE, problems);
        back.forEach(applied -> undo(applied.id()));
        return back.stream().map(Applied::title).toList();
    }

    /** Takes back one migration. */
    public void undo(String id) {
        var all = here.history().all();
        var applied = all.get(id);
        if (applied == null || applied.state() == State.UNDONE) throw notIn(id);
        var later = all.values().stream()
                .filter(other -> other.id().compareTo(id) > 0 && other.state() != State.UNDONE)
                .map(Applied::id)
                .toList();
        if (!later.isEmpty()) throw behind(id, later);
        possible(applied).ifPresent(problem -> {
            throw new Refusal(Refusal.Kind.STALE, problem);
        });
        try (var own = here.again()) {
            undo(own, applied);
        }
    }

    /** What is in the way of taking one back. */
    private Optional<Problem> possible(Applied applied) {
        if (script(applied) != null) return Optional.empty();
        String why = applied.backup() == null || safety == null
                ? "there is no rollback script for " + applied.title() + ", and no dump was taken before it"
                : !discardsWrites
                        ? "there is no rollback script for " + applied.title() + ": it would come from the dump of "
                                + applied.at() + ", and what was written since would be lost"
                        : "";
        if (why.isEmpty()) return Optional.empty();
        return Optional.of(Problem.of(
                why,
                "a way back that loses nothing",
                "nothing was run",
                applied.backup() == null
                        ? "write " + applied.id() + "_" + applied.name() + ".down.sql and name it in "
                                + Description.FILE
                        : "wfumig schema rollback " + applied.id() + " --discard-writes"));
    }

    private @Nullable Path script(Applied applied) {
        return description.find(applied.id()).map(Migration::rollback).orElse(null);
    }

    private void undo(Installation own, Applied applied) {
        String id = applied.id();
        var ledger = new StatementLedger(own, word, "rollback " + id);
        ledger.settle(id, Way.UP);
        var start = own.structure();
        if (nothingIn(own, applied)) {
            // It stays as it is until then: who dies here has taken nothing back.
            conclude(own, applied);
            say.accept("none of the statements of " + applied.title() + " was in");
            return;
        }
        var row = applied.with(State.UNDOING, applied.touched(own.part(), start), 0);
        own.history().save(row, own.by());
        Path file = script(applied);
        if (file != null) run(own, ledger, id, file, applied);
        else restore(own, row);
        prove(own, row, start);
        conclude(own, row);
        say.accept(applied.title() + " is taken back");
    }

    /** A transaction that did not come to its end has left nothing. */
    private static boolean nothingIn(Installation own, Applied applied) {
        return applied.state() == State.RUNNING
                && Script.of("", applied.text(), own.part(), new ArrayList<>()).whole()
                && own.history().statements(applied.id(), Way.UP).isEmpty();
    }

    private static void conclude(Installation own, Applied row) {
        own.session().together(() -> {
            own.history().write(row.with(State.UNDONE, Set.of(), 0), own.by());
            own.history().forgetStatements(row.id());
        });
    }

    private void run(Installation own, StatementLedger ledger, String id, Path file, Applied applied) {
        var problems = new ArrayList<Problem>();
        var script = Script.of(file.toString(), Migration.read(file), own.part(), problems);
        var up = Script.of(applied.title(), applied.text(), own.part(), new ArrayList<>());
        if (!problems.isEmpty()) throw new Refusal(Refusal.Kind.INVALID, problems);
        var in = own.history().statements(id, Way.UP).values().stream()
                .filter(Begun::done)
                .map(Begun::number)
                .collect(Collectors.toSet());
        // What ran in one transaction has no rows of its statements: all of them are in.
        Predicate<Statement> wanted =
                statement -> statement.undoes() == 0 || up.whole() || in.contains(statement.undoes());
        if (script.whole()) whole(own, id, script, wanted);
        else ledger.run(id, Way.DOWN, script, wanted);
    }

    /** In one transaction with the word that they are in: the proof comes behind it. */
    private static void whole(Installation own, String id, Script script, Predicate<Statement> wanted) {
        if (!own.history().statements(id, Way.DOWN).isEmpty()) return;
        own.session().together(() -> {
            for (var statement : script.statements()) {
                if (!wanted.test(statement)) continue;
                try {
                    own.session().run(statement.sql());
                } catch (Refusal refusal) {
                    throw StatementLedger.refused(
                            script, statement, refusal, "none of its statements is in", "rollback " + id);
                }
                own.history().begin(id, Way.DOWN, statement, "");
                own.history().done(id, Way.DOWN, statement.number());
            }
        });
    }

    private void restore(Installation own, Applied row) {
        if (safety == null || row.backup() == null) throw new IllegalStateException("asked before: " + row.id());
        var part = own.part();
        var before = row.before().names();
        // What is not in the dump is dropped, so what others have made meanwhile must not be among these.
        var names = Stream.concat(names(row).stream(), before.stream())
                .filter(name -> names(row).contains(name) && before.contains(name) || part.mentions(row.text(), name))
                .map(own.part()::live)
                .collect(Collectors.toCollection(TreeSet::new));
        safety.restore(own.part(), row.backup(), names);
    }

    private static Set<String> names(Applied row) {
        return row.touched() == null ? Set.of() : row.touched();
    }

    private static void prove(Installation own, Applied row, Structure start) {
        var touched = names(row);
        var expected = new ArrayList<Element>();
        row.before().elements().stream()
                .filter(element -> touched.contains(element.owner()))
                .forEach(expected::add);
        start.elements().stream()
                .filter(element -> !touched.contains(element.owner()))
                .forEach(expected::add);
        var differences = Structure.differences(new Structure(expected), own.structure());
        if (!differences.isEmpty()) {
            own.history().save(row.with(State.DIRTY), own.by());
            throw dirty(row, differences);
        }
    }

    private static Refusal dirty(Applied row, List<Difference> differences) {
        return new Refusal(
                Refusal.Kind.MISMATCH,
                Problem.of(
                        row.title() + " was taken back, and what is there now is not what was there before it:\n    "
                                + differences.stream().map(Difference::toString).collect(Collectors.joining("\n    ")),
                        "a rollback script that leaves nothing behind",
                        "all its statements are in, and known",
                        "put it right by hand, then: wfumig schema accept " + row.id()));
    }

    private static Refusal notIn(String id) {
        return new Refusal(
                Refusal.Kind.STALE,
                Problem.of(id + " is not in", "a migration that is", "nothing was run", "wfumig schema status"));
    }

    private static Refusal behind(String id, List<String> later) {
        return new Refusal(
                Refusal.Kind.STALE,
                Problem.of(
                        id + " cannot be taken back alone: " + String.join(", ", later) + " came after it",
                        "the last migration that is in",
                        "nothing was run",
                        "wfumig schema rollback " + later.get(later.size() - 1) + "; or wfumig schema reset --to "
                                + Description.before(id) + " takes it back too"));
    }
}
