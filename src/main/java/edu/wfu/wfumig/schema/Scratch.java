package edu.wfu.wfumig.schema;

import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.Placement;
import edu.wfu.wfumig.database.Placement.Origin;
import edu.wfu.wfumig.database.SqlSession;
import edu.wfu.wfumig.inventory.Element;
import edu.wfu.wfumig.inventory.Element.Kind;
import edu.wfu.wfumig.inventory.Structure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A schema of wfumig's own on the same server, in which migrations are tried. Dropped whatever happens, also one that a dead
 * predecessor left.
 *
 * <ol>
 *   <li>It begins with the definitions of those live tables that scripts name and no migration has made; rows it never gets.
 *   <li>Of a table that a migration has changed and not made, all goes that was not there before the first one that did: what the
 *       scripts add is to be addable. What they have taken away does not come back.
 * </ol>
 */
final class Scratch implements AutoCloseable {
    static final String ENDING = "_wfumig_rehearsal";

    /** PostgreSQL allows 63 characters, MySQL one more. */
    private static final int LONGEST = 63;

    private final Installation live;
    private final Part part;

    private Scratch(Installation live, Part part) {
        this.live = live;
        this.part = part;
    }

    static Scratch open(Installation live) {
        String schema = live.part().schema();
        String name = schema.substring(0, Math.min(schema.length(), LONGEST - ENDING.length())) + ENDING;
        var scratch = new Scratch(live, live.part().in(name));
        scratch.drop();
        try (var editor = live.database().editor()) {
            editor.createSchema(name);
        }
        return scratch;
    }

    /** Opens it for migrations. */
    Installation installation() {
        return Installation.open(live.database(), part, live.by());
    }

    /**
     * Makes tables that scripts find and do not make.
     *
     * @param texts of the scripts
     * @param history of the live side
     */
    void seed(Collection<String> texts, Collection<Applied> history) {
        var structure = live.structure();
        var changed = changed(history);
        var made = Verification.touched(history);
        made.removeAll(changed.names());
        String all = live.part().fill(String.join("\n", texts));
        var names = structure.elements().stream()
                .filter(element -> element.kind() == Kind.TABLE && !made.contains(element.name()))
                .map(element -> live.part().live(element.name()))
                .filter(name -> Script.mentions(all, name))
                .toList();
        if (names.isEmpty()) return;
        copy(names);
        strip(changed);
    }

    /** What migrations have changed and not made, each as it was before the first one that did. */
    static Structure changed(Collection<Applied> history) {
        return changed(history, row -> row.touched() == null ? Set.of() : row.touched());
    }

    static Structure changed(Collection<Applied> history, Function<Applied, Set<String>> touching) {
        var elements = new ArrayList<Element>();
        var seen = new TreeSet<String>();
        for (var row : history) {
            var touched = new TreeSet<>(touching.apply(row));
            touched.removeAll(seen);
            seen.addAll(touched);
            elements.addAll(row.before().about(touched).elements());
        }
        return new Structure(elements);
    }

    private void copy(List<String> names) {
        try (var catalogue = live.database().catalogue();
                var editor = live.database().editor()) {
            String product = catalogue.facts().product();
            var definitions = live.database()
                    .dialect()
                    .at(new Placement(
                            part.schema(),
                            names.stream()
                                    .collect(Collectors.toMap(UnaryOperator.identity(), UnaryOperator.identity())),
                            live.part().schema(),
                            part.schema(),
                            "",
                            new Origin(product, true),
                            product,
                            Map.of()));
            for (var table : catalogue.define(live.part().schema(), names)) {
                editor.createTable(part.schema(), definitions.table(table.name(), table.create()));
                // What a foreign key points to may not be here.
                List<String> after = table.after().stream()
                        .filter(statement -> !statement.contains("FOREIGN KEY"))
                        .toList();
                definitions.after(table.name(), after).forEach(editor::complete);
            }
        }
    }

    /** Takes away what tables have got since. What the server wants to keep is not in the way of scripts that do not make it. */
    private void strip(Structure before) {
        var there = before.elements().stream().map(Element::identity).collect(Collectors.toSet());
        var more = structure().about(before.names()).elements().stream()
                .filter(element -> !there.contains(element.identity()))
                .toList();
        var left = new ArrayList<Element>();
        for (var kind : List.of(Kind.FOREIGN_KEY, Kind.CHECK, Kind.INDEX, Kind.COLUMN)) {
            more.stream().filter(element -> element.kind() == kind).forEach(left::add);
        }
        try (var here = installation()) {
            // A column may be needed by another one.
            while (left.removeIf(element -> dropped(here.session(), element))) {}
        }
    }

    private boolean dropped(SqlSession session, Element element) {
        boolean dropped = true;
        for (String sql : drops(element)) {
            try {
                session.run(sql);
            } catch (Refusal refusal) {
                if (!session.alive()) throw refusal;
                dropped = false;
            }
        }
        return dropped;
    }

    private List<String> drops(Element element) {
        var dialect = live.database().dialect();
        String name = dialect.name(part.live(element.name()));
        String alter = "ALTER TABLE " + dialect.name(part.live(element.table()));
        return switch (element.kind()) {
            case COLUMN -> List.of(alter + " DROP COLUMN " + name);
            // An index that a constraint has goes with it.
            case INDEX ->
                part.postgres()
                        ? List.of(alter + " DROP CONSTRAINT IF EXISTS " + name, "DROP INDEX IF EXISTS " + name)
                        : List.of(alter + " DROP INDEX " + name);
            default -> List.of(alter + " DROP CONSTRAINT " + name);
        };
    }

    Structure structure() {
        try (var catalogue = live.database().catalogue()) {
            return catalogue.structure(part.schema(), part.prefix());
        }
    }

    private void drop() {
        String name = live.database().dialect().name(part.schema());
        live.session()
                .run(
                        part.postgres()
                                ? "DROP SCHEMA IF EXISTS " + name + " CASCADE"
                                : "DROP DATABASE IF EXISTS " + name);
    }

    @Override
    public void close() {
        drop();
    }
}
