package edu.wfu.wfumig.schema;

import edu.wfu.wfumig.Location;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of a schema's way, as {@code version.json} describes it.
 *
 * @param id three digits or more, counted from 001 without a gap
 * @param version of the plugin or application that brings it
 * @param dependencies ids that must be applied before
 * @param rollback the script that takes it back; null where only a backup can
 * @param backup whether what it may change is dumped before
 * @param at where it is described
 */
public record Migration(
        String id,
        String version,
        String name,
        Path file,
        List<String> dependencies,
        @Nullable Path rollback,
        boolean backup,
        Location at) {

    /** As people call it. */
    public String title() {
        return id + " " + name;
    }

    public String text() {
        return read(file);
    }

    public String checksum() {
        return Checksum.of(text());
    }

    /** The text of a script, which is UTF-8. */
    static String read(Path file) {
        try {
            return Checksum.plain(Files.readString(file));
        } catch (CharacterCodingException e) {
            throw unreadable(file, "it is not UTF-8", e);
        } catch (IOException e) {
            throw unreadable(file, String.valueOf(e.getMessage()), e);
        }
    }

    private static Refusal unreadable(Path file, String why, IOException e) {
        return new Refusal(
                Refusal.Kind.INVALID,
                new Problem(
                        new Location(file.toString(), 0),
                        "cannot be read: " + why,
                        "an SQL file in UTF-8",
                        "nothing was written",
                        ""),
                e);
    }
}
