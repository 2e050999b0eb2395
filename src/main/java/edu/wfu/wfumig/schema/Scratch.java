package edu.wfu.wfumig.schema;

import edu.wfu.wfumig.database.Placement;
import edu.wfu.wfumig.database.Placement.Origin;
import edu.wfu.wfumig.inventory.Element;
import edu.wfu.wfumig.inventory.Structure;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A schema of wfumig's own on the same server, in which migrations are tried. It begins with the definitions of those live tables
 * that scripts name and no migration has made; rows it never gets. Dropped whatever happens, also one that a dead predecessor left.
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
     * @param made names of what migrations have made or changed on the live side
     */
    void seed(Collection<String> texts, Set<String> made) {
        var structure = live.structure();
        String all = live.part().fill(String.join("\n", texts));
        var names = structure.elements().stream()
                .filter(element -> element.kind() == Element.Kind.TABLE && !made.contains(element.name()))
                .map(element -> live.part().live(element.name()))
                .filter(name -> Script.mentions(all, name))
                .toList();
        if (names.isEmpty()) return;
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
