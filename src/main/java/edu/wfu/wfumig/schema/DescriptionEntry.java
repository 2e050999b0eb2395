package edu.wfu.wfumig.schema;

import edu.wfu.wfumig.Location;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A migration as it was written down, right or wrong.
 *
 * @param at where it begins
 * @param lines where each of its keys stands
 */
record DescriptionEntry(
        String id,
        Location at,
        Map<String, Integer> lines,
        @Nullable String version,
        @Nullable String name,
        @Nullable String file,
        List<String> dependencies,
        @Nullable String rollback,
        boolean backup) {

    /** Where a key of it stands. */
    Location at(String key) {
        return new Location(at.file(), lines.getOrDefault(key, at.line()));
    }

    /** Whether its id is one that can be counted. */
    boolean numbered() {
        return id.matches("\\d{3,9}");
    }

    int number() {
        return numbered() ? Integer.parseInt(id) : -1;
    }

    /** What it describes, once it was found right. */
    Migration migration(Path folder) {
        if (version == null || name == null || file == null) throw new IllegalStateException("not checked: " + id);
        return new Migration(
                id,
                version,
                name,
                folder.resolve(file),
                dependencies,
                rollback == null ? null : folder.resolve(rollback),
                backup,
                at);
    }
}
