package edu.wfu.wfumig.schema;

import edu.wfu.wfumig.Location;
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

    /** Refuses an id behind which nothing can be taken back: it is a described one, or zeros for the place before all. */
    void requirePlace(String id) {
        boolean zeros = id.matches("0+")
                && !migrations.isEmpty()
                && migrations.get(0).id().length() == id.length();
        if (!zeros && find(id).isEmpty()) throw unknown(id);
    }

    /** The place before one: the id of the migration before it, or zeros. */
    static String before(String id) {
        return ("%0" + id.length() + "d").formatted(Integer.parseInt(id) - 1);
    }

    Refusal unknown(String id) {
        return new Refusal(
                Refusal.Kind.INVALID,
                Problem.at(
                        new Location(folder.resolve(FILE).toString(), 0),
                        "'" + id + "' is not described",
                        "one of " + migrations.stream().map(Migration::id).toList()));
    }

    public Optional<Migration> find(String id) {
        return migrations.stream()
                .filter(migration -> migration.id().equals(id))
                .findFirst();
    }
}
