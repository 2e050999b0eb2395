package edu.wfu.wfumig.schema;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.RowDigest;
import edu.wfu.wfumig.inventory.Column;
import edu.wfu.wfumig.inventory.Element;
import edu.wfu.wfumig.inventory.Structure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Tries all migrations in a {@link Scratch} schema: each one up, down and up again. Whoever calls it has the lock of the database.
 *
 * <ol>
 *   <li>A script, up or down, that names the live schema is refused: it would reach out of the scratch schema.
 *   <li>After the way down, structure and rows must be what they were before the way up.
 *   <li>After the second way up, both must be what they were after the first; columns that hold times or count by themselves do
 *       not count.
 * </ol>
 */
public final class Rehearsal {
    /** @param rows of each table, as a digest */
    private record Picture(Structure structure, Map<String, RowDigest> rows) {}

    private static final Consumer<String> NOBODY = line -> {};

    private final Installation here;
    private final Description description;

    public Rehearsal(Installation here, Description description) {
        this.here = here;
        this.description = description;
    }

    /** Returns a line for each migration. */
    public List<String> run() {
        requireOwnNames();
        var lines = new ArrayList<String>();
        try (var scratch = Scratch.open(here);
                var there = scratch.installation()) {
            scratch.seed(
                    description.migrations().stream().map(Migration::text).toList(),
                    here.history().all().values());
            for (var migration : description.migrations()) lines.add(rehearse(there, migration));
        }
        return lines;
    }

    private String rehearse(Installation there, Migration migration) {
        var upTo = new Description(
                description.folder(),
                description.migrations().subList(0, description.migrations().indexOf(migration) + 1));
        var before = picture(there, false);
        new Migrator(there, upTo, null, "", NOBODY).migrate("");
        if (migration.rollback() == null) return migration.title() + ": up; there is no rollback script";
        var first = picture(there, true);
        new Reversal(there, upTo, null, "", false, NOBODY).undo(migration.id());
        require(migration, "down", before, picture(there, false));
        new Migrator(there, upTo, null, "", NOBODY).migrate("");
        require(migration, "up again", first, picture(there, true));
        return migration.title() + ": up, down and up again";
    }

    private static void require(Migration migration, String way, Picture expected, Picture found) {
        var told = new ArrayList<String>();
        Structure.differences(expected.structure(), found.structure()).forEach(one -> told.add(one.toString()));
        expected.rows().forEach((table, rows) -> {
            var now = found.rows().get(table);
            if (now != null && !now.equals(rows)) {
                told.add("table " + table + ": " + now.rows() + " rows, expected " + rows.rows()
                        + (now.rows() == rows.rows() ? ", and what is in them differs" : ""));
            }
        });
        if (told.isEmpty()) return;
        throw new Refusal(
                Refusal.Kind.MISMATCH,
                new Problem(
                        migration.at(),
                        migration.title() + " on its way " + way + ":\n    " + String.join("\n    ", told),
                        way.equals("down") ? "what was there before it" : "what the first way up had made",
                        "the live schema was only read",
                        "correct " + migration.rollback() + ", then: wfumig schema rehearse"));
    }

    /** @param steady whether columns are left out that differ from one time to the next */
    private static Picture picture(Installation there, boolean steady) {
        var structure = there.structure();
        var rows = new TreeMap<String, RowDigest>();
        var tables = structure.elements().stream()
                .filter(element -> element.kind() == Element.Kind.TABLE)
                .map(element -> there.part().live(element.name()))
                .toList();
        try (var catalogue = there.database().catalogue();
                var proof = there.database().proof(there.part().schema())) {
            for (var table : catalogue.define(there.part().schema(), tables)) {
                var columns = table.stored().stream()
                        .filter(column -> !steady || isSteady(structure, there.part(), table.name(), column))
                        .toList();
                rows.put(table.name(), proof.digest(table.name(), columns));
            }
        }
        return new Picture(structure, rows);
    }

    private static boolean isSteady(Structure structure, Part part, String table, Column column) {
        if (column.type().matches("(?i)(date|time).*")) return false;
        return structure.elements().stream()
                .filter(element -> element.kind() == Element.Kind.COLUMN
                        && part.live(element.table()).equals(table)
                        && element.name().equals(column.name()))
                .noneMatch(element -> element.facts().values().stream()
                        .anyMatch(fact -> fact.matches("(?is).*(auto_increment|identity|nextval|uuid).*")));
    }

    private void requireOwnNames() {
        var names = new LiveNames(here.part());
        for (var migration : description.migrations()) {
            names.look(migration.file().toString(), migration.text());
            if (migration.rollback() != null)
                names.look(migration.rollback().toString(), Migration.read(migration.rollback()));
        }
        names.require();
    }
}
