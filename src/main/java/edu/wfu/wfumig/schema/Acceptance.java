package edu.wfu.wfumig.schema;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.schema.Applied.State;
import java.util.Set;

/** What a person says is right: a file that was changed after it was applied, or a schema put right by hand after a rollback. */
public final class Acceptance {
    private Acceptance() {}

    /** Returns in words what was accepted. */
    public static String of(Installation here, Description description, String id) {
        var applied = here.history().find(id).orElse(null);
        var migration = description.find(id).orElse(null);
        if (applied != null && applied.state() == State.DIRTY) {
            here.history().save(applied.with(State.UNDONE, Set.of(), 0), here.by());
            here.history().forgetStatements(id);
            return applied.title() + " counts as taken back";
        }
        if (applied == null || applied.state() != State.APPLIED || migration == null) {
            throw refusal(id + " is not applied, or not described");
        }
        if (applied.checksum().equals(migration.checksum())) throw refusal(applied.title() + " is what was applied");
        here.history().save(applied.with(migration, State.APPLIED), here.by());
        return applied.title() + " counts as applied from the file as it is now";
    }

    private static Refusal refusal(String found) {
        return new Refusal(
                Refusal.Kind.STALE,
                Problem.of(
                        found,
                        "a migration whose file was changed, or that left something when it was taken back",
                        "nothing was written",
                        "wfumig schema status"));
    }
}
