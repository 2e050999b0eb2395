package edu.wfu.wfumig.schema;

import edu.wfu.wfumig.Location;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.schema.Applied.State;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A description beside the history of one part of a schema.
 *
 * @param history by id
 */
public record Standing(Description description, NavigableMap<String, Applied> history) {
    /** A migration and what is known of it; one of the two may be missing. */
    public record Line(
            String id,
            @Nullable Migration described,
            @Nullable Applied applied) {
        /** In a word. */
        public String state() {
            if (applied == null || applied.state() == State.UNDONE) return "pending";
            if (described == null) return applied.state().word() + ", not described";
            boolean changed =
                    applied.state() == State.APPLIED && !described.checksum().equals(applied.checksum());
            return applied.state().word() + (changed ? ", changed since" : "");
        }
    }

    public static Standing of(Description description, Installation here) {
        return new Standing(description, here.history().all());
    }

    /** All migrations, by id. */
    public List<Line> lines() {
        var lines = new ArrayList<Line>();
        for (var migration : description.migrations()) {
            lines.add(new Line(migration.id(), migration, history.get(migration.id())));
        }
        history.values().stream()
                .filter(applied -> description.find(applied.id()).isEmpty() && applied.state() != State.UNDONE)
                .forEach(applied -> lines.add(new Line(applied.id(), null, applied)));
        return lines;
    }

    boolean is(String id, State state) {
        var applied = history.get(id);
        return applied != null && applied.state() == state;
    }

    /** Whether it is in, or some of it may be. */
    boolean touched(String id) {
        var applied = history.get(id);
        return applied != null && applied.state() != State.UNDONE;
    }

    /** What is to be run, in order: first one that is not finished. */
    public List<Migration> pending() {
        return description.migrations().stream()
                .filter(migration -> !is(migration.id(), State.APPLIED))
                .toList();
    }

    /** Those that were applied from a file that says something else now. */
    public List<Migration> changed() {
        return description.migrations().stream()
                .filter(migration -> {
                    var applied = history.get(migration.id());
                    return applied != null
                            && applied.state() == State.APPLIED
                            && !applied.checksum().equals(migration.checksum());
                })
                .toList();
    }

    /** Refuses, with all reasons at once, to run what is pending on top of what is there. */
    void requireOrder() {
        var problems = new ArrayList<Problem>();
        history.values().stream()
                .filter(applied ->
                        touched(applied.id()) && description.find(applied.id()).isEmpty())
                .forEach(applied -> problems.add(new Problem(
                        new Location(
                                description.folder().resolve(Description.FILE).toString(), 0),
                        applied.title() + " is " + applied.state().word() + " here, and not described",
                        "a description of all that was applied (on " + applied.at() + " by " + applied.by() + ")",
                        "nothing was run",
                        "fetch the newest files")));
        var changed = changed();
        for (var migration : changed) problems.add(changed(migration));
        for (var migration : description.migrations()) order(migration, problems);
        if (problems.isEmpty()) return;
        throw new Refusal(problems.size() == changed.size() ? Refusal.Kind.MISMATCH : Refusal.Kind.STALE, problems);
    }

    private Problem changed(Migration migration) {
        String id = migration.id();
        return new Problem(
                new Location(migration.file().toString(), 0),
                migration.title() + " was changed after it was applied",
                "what was applied on " + Objects.requireNonNull(history.get(id)).at(),
                "nothing was run",
                "wfumig schema verify shows the change; put the file back, or wfumig schema accept " + id);
    }

    private void order(Migration migration, List<Problem> problems) {
        String id = migration.id();
        if (is(id, State.DIRTY) || is(id, State.UNDOING)) {
            problems.add(new Problem(
                    migration.at(),
                    migration.title()
                            + (is(id, State.DIRTY)
                                    ? " was taken back, and left something else than there was before"
                                    : " was being taken back, and is not"),
                    "a migration that is in, or is not",
                    "nothing was run",
                    is(id, State.DIRTY)
                            ? "put it right by hand, then: wfumig schema accept " + id
                            : "wfumig schema rollback " + id));
        }
        var later = history.keySet().stream()
                .filter(other -> other.compareTo(id) > 0 && touched(other))
                .toList();
        if (!is(id, State.APPLIED) && !later.isEmpty()) {
            problems.add(new Problem(
                    migration.at(),
                    migration.title() + " is not in, and " + String.join(", ", later) + " behind it is",
                    "migrations in the order of their ids",
                    "nothing was run",
                    "give it an id behind them; or wfumig schema reset --to an earlier one"));
        }
        for (String needed : migration.dependencies()) {
            if (!touched(id) || is(needed, State.APPLIED)) continue;
            problems.add(new Problem(
                    migration.at(),
                    "'dependencies' of " + id + ": " + needed + " is not applied, and " + id + " is",
                    "what it needs before it",
                    "nothing was run",
                    "wfumig schema rollback " + id));
        }
    }
}
