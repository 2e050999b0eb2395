package edu.wfu.wfumig.schema;

import static java.util.stream.Collectors.toCollection;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.inventory.Structure;
import edu.wfu.wfumig.schema.Applied.State;
import edu.wfu.wfumig.schema.History.Way;
import edu.wfu.wfumig.schema.StatementLedger.Word;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings a part of a schema to where its description says. Whoever calls it has the lock of the database.
 *
 * <ol>
 *   <li>What was applied is held against the description, and every script that is to run is taken apart: whatever is wrong is
 *       refused at once, before anything runs.
 *   <li>A migration begins with its row in the history, with what the part holds before it, and with a dump when it asks for one.
 *   <li>Where definitions are in transactions, all statements and the word that they are in are one transaction. Elsewhere, or
 *       where the script says so, the {@link StatementLedger} knows at any moment which of them are in.
 *   <li>Each migration has a connection of its own: what a script sets for itself ends with it.
 *   <li>The row says in the end what was touched, by comparing what the part held before and holds after. Of a migration that was
 *       cut short, only what its script names counts.
 * </ol>
 *
 * Safe to repeat: what is applied is passed over, and what was cut short goes on where it was.
 */
public final class Migrator {
    private final Installation here;
    private final Description description;
    private final @Nullable Safety safety;
    private final Word word;
    private final Consumer<String> say;

    /**
     * @param safety makes dumps; null where nothing is worth one
     * @param judged what a person says of a statement of which nobody can know whether it is in: {@code done}, {@code again},
     *     or nothing
     * @param say is told what happened
     */
    public Migrator(
            Installation here, Description description, @Nullable Safety safety, String judged, Consumer<String> say) {
        this.here = here;
        this.description = description;
        this.safety = safety;
        this.word = word(judged);
        this.say = say;
    }

    static Word word(String judged) {
        return switch (judged) {
            case "" -> Word.NONE;
            case "done" -> Word.DONE;
            case "again" -> Word.AGAIN;
            default ->
                throw new Refusal(
                        Refusal.Kind.INVALID,
                        Problem.of("'" + judged + "' is no judgement", "done or again", "nothing was run", ""));
        };
    }

    /**
     * Applies what is pending; returns what was applied.
     *
     * @param to the last one that is to be applied; empty for all
     */
    public List<Migration> migrate(String to) {
        if (!to.isEmpty() && description.find(to).isEmpty()) throw description.unknown(to);
        var standing = Standing.of(description, here);
        standing.requireOrder();
        var pending = standing.pending().stream()
                .filter(migration -> to.isEmpty() || migration.id().compareTo(to) <= 0)
                .toList();
        var scripts = scripts(pending);
        if (!pending.isEmpty()) here.history().open();
        scripts.forEach(this::apply);
        return pending;
    }

    private Map<Migration, Script> scripts(List<Migration> pending) {
        var problems = new ArrayList<Problem>();
        var scripts = new LinkedHashMap<Migration, Script>();
        for (var migration : pending) {
            scripts.put(migration, Script.of(migration.file().toString(), migration.text(), here.part(), problems));
            if (migration.rollback() == null) continue;
            Script.of(migration.rollback().toString(), Migration.read(migration.rollback()), here.part(), problems);
        }
        if (!problems.isEmpty()) throw new Refusal(Refusal.Kind.INVALID, problems);
        return scripts;
    }

    private void apply(Migration migration, Script script) {
        try (var own = here.again()) {
            var row = begin(own, migration);
            boolean first = own.history().statements(migration.id(), Way.UP).isEmpty();
            // What was begun without a transaction is gone on with so, whatever the script says by now.
            boolean whole = script.whole() && first;
            long began = System.nanoTime();
            try {
                if (whole) whole(own, script, row, began);
                else new StatementLedger(own, word, "migrate").run(migration.id(), Way.UP, script, statement -> true);
            } catch (Refusal refusal) {
                if (own.session().alive()) failed(own, migration, row);
                throw refusal;
            }
            long took = millisSince(began);
            if (!whole) {
                var now = own.structure();
                // Between a death and this, others may have been at work for days.
                var touched = first ? touched(row.before(), now) : row.touched(own.part(), now);
                own.history().save(row.with(State.APPLIED, touched, took), own.by());
            }
            say.accept(migration.title() + " is applied, in " + took + " ms");
        }
    }

    private static long millisSince(long began) {
        return (System.nanoTime() - began) / 1_000_000;
    }

    /** The row with which it begins, or goes on. Where nothing is in, it begins: from what is there now. */
    private Applied begin(Installation own, Migration migration) {
        var known = own.history().find(migration.id()).orElse(null);
        boolean untouched = own.history().statements(migration.id(), Way.UP).isEmpty();
        boolean goesOn = known != null && known.state().unfinished() && !untouched;
        var row = goesOn
                ? Objects.requireNonNull(known).with(migration, State.RUNNING).with(State.RUNNING, null, 0)
                : fresh(migration, own.structure(), null);
        own.history().save(row, own.by());
        if (!migration.backup() || safety == null || !untouched) return row;
        String dump = safety.take(own.part(), migration.id());
        say.accept("what " + own.part() + " holds is dumped into " + dump);
        var saved = fresh(migration, row.before(), dump);
        own.history().save(saved, own.by());
        return saved;
    }

    private static Applied fresh(Migration migration, Structure before, @Nullable String dump) {
        return new Applied(
                migration.id(),
                migration.version(),
                migration.name(),
                migration.checksum(),
                State.RUNNING,
                "",
                "",
                0,
                dump,
                migration.text(),
                before,
                null);
    }

    /** All of it, with what it has touched: the connection alone sees that before the end. */
    private static void whole(Installation own, Script script, Applied row, long began) {
        own.session().together(() -> {
            for (var statement : script.statements()) {
                try {
                    own.session().run(statement.sql());
                } catch (Refusal refusal) {
                    throw StatementLedger.refused(
                            script, statement, refusal, "none of its statements is in", "migrate");
                }
            }
            var now = own.session().structure(own.part().prefix());
            own.history().write(row.with(State.APPLIED, touched(row.before(), now), millisSince(began)), own.by());
        });
    }

    /** Nothing of one transaction is left; else the statements before the one that was refused are. */
    private static void failed(Installation own, Migration migration, Applied row) {
        boolean nothing = own.history().statements(migration.id(), Way.UP).isEmpty();
        var stands = nothing
                ? row.with(State.UNDONE, Set.of(), 0)
                : row.with(State.FAILED, row.touched(own.part(), own.structure()), 0);
        own.history().save(stands, own.by());
    }

    /** What differs between two moments, by the names of what stands by itself. */
    static Set<String> touched(Structure before, Structure after) {
        return Structure.differences(before, after).stream()
                .map(difference -> difference.element().owner())
                .collect(toCollection(TreeSet::new));
    }
}
