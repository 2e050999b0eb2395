package edu.wfu.wfumig.schema;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a folder of migrations says of itself: {@code version.json} and the files that it names. Never written; what was
 * applied stands in the database.
 *
 * @param migrations in the order of their ids
 */
public record Description(Path folder, List<Migration> migrations) {
    public static final String FILE = "version.json";

    /** Reads and checks it; refuses with all that is wrong at once. */
    public static Description read(Path folder) {
        var problems = new ArrayList<Problem>();
        var entries = DescriptionReader.read(folder.resolve(FILE), problems);
        new DescriptionChecks(folder, entries, problems).check();
        if (!problems.isEmpty()) throw new Refusal(Refusal.Kind.INVALID, problems);
        var migrations = entries.stream()
                .sorted((one, other) -> Integer.compare(one.number(), other.number()))
                .map(entry -> entry.migration(folder))
                .toList();
        return new Description(folder, migrations);
    }

    public Optional<Migration> find(String id) {
        return migrations.stream()
                .filter(migration -> migration.id().equals(id))
                .findFirst();
    }
}
