package edu.wfu.wfumig.schema;

import edu.wfu.wfumig.inventory.Structure;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the history says of a migration.
 *
 * @param at when it was last touched, by the server's clock in UTC
 * @param by who did it, and with which version of wfumig
 * @param millis how long its statements took
 * @param backup what was dumped before it; null when nothing was
 * @param text the script as it was applied
 * @param before what the part held before its first statement
 * @param touched names of what it has made, changed or dropped; null as long as nobody has looked, which is not the same as none
 */
public record Applied(
        String id,
        String version,
        String name,
        String checksum,
        State state,
        String at,
        String by,
        long millis,
        @Nullable String backup,
        String text,
        Structure before,
        @Nullable Set<String> touched) {
    /** How far a migration is. */
    public enum State {
        /** Its statements run, or the one who ran them died. */
        RUNNING,
        /** The server refused one of its statements; those before it are in. */
        FAILED,
        APPLIED,
        /** It is taken back, or the one who did that died. */
        UNDOING,
        /** It was taken back, and what is there now is not what was there before. */
        DIRTY,
        UNDONE;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        /** Whether some of it may be in. */
        boolean unfinished() {
            return this == RUNNING || this == FAILED || this == UNDOING;
        }
    }

    public String title() {
        return id + " " + name;
    }

    Applied with(State other) {
        return new Applied(id, version, name, checksum, other, at, by, millis, backup, text, before, touched);
    }

    /**
     * What it has touched: as it was written down. Of one that was cut short, what differs now from what was there before it, as
     * far as its script names it or it is gone. What others have made meanwhile is not its own.
     */
    Set<String> touched(Part part, Structure now) {
        if (touched != null) return touched;
        if (state != State.RUNNING && state != State.FAILED) return Set.of();
        var there = now.names();
        var names = new TreeSet<>(Migrator.touched(before, now));
        names.removeIf(name -> there.contains(name) && !part.mentions(text, name));
        return names;
    }

    Applied with(State other, @Nullable Set<String> names, long took) {
        return new Applied(id, version, name, checksum, other, at, by, millis + took, backup, text, before, names);
    }

    /** The same with another text of its script. */
    Applied with(Migration migration, State other) {
        return new Applied(
                id,
                migration.version(),
                migration.name(),
                migration.checksum(),
                other,
                at,
                by,
                millis,
                backup,
                migration.text(),
                before,
                touched);
    }
}
