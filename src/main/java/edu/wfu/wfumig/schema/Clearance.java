package edu.wfu.wfumig.schema;

import edu.wfu.wfumig.database.SchemaEditor.Kind;
import edu.wfu.wfumig.inventory.Element;
import edu.wfu.wfumig.inventory.Structure;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Drops all that migrations have made in a part of a schema, with its rows, and forgets that they were applied. Whoever calls it
 * has the lock of the database, and has asked twice.
 *
 * <ol>
 *   <li>What was there before the first migration stays, even where one has changed it.
 *   <li>What no script names stays too: somebody else made it while a migration ran.
 *   <li>Of a table that stays, what would break without the rest goes: triggers that a script names, and foreign keys to tables
 *       that are dropped.
 *   <li>These go first, then views, then tables, then routines, sequences and types.
 *   <li>The history is forgotten last: what is cut short is done again.
 * </ol>
 */
public final class Clearance {
    private Clearance() {}

    /** What would be dropped, in the order in which it would be. */
    public static List<Element> doomed(Installation here) {
        var structure = here.structure();
        var all = here.history().all();
        if (all.isEmpty()) return List.of();
        var names = new TreeSet<String>();
        for (var applied : all.values()) names.addAll(applied.touched(here.part(), structure));
        String texts = all.values().stream().map(Applied::text).collect(Collectors.joining("\n"));
        names.removeIf(name -> !here.part().mentions(texts, name));
        names.removeAll(all.firstEntry().getValue().before().names());
        var doomed = new ArrayList<Element>();
        for (var kind : List.of(
                Element.Kind.VIEW,
                Element.Kind.TABLE,
                Element.Kind.PROCEDURE,
                Element.Kind.FUNCTION,
                Element.Kind.SEQUENCE,
                Element.Kind.DOMAIN,
                Element.Kind.TYPE)) {
            structure.elements().stream()
                    .filter(element -> element.kind() == kind && names.contains(element.owner()))
                    .forEach(doomed::add);
        }
        doomed.addAll(
                0, attached(here.part(), structure, all.firstEntry().getValue().before(), texts, doomed));
        return doomed;
    }

    /** What migrations have put on tables that stay, and what would keep these from being written. */
    private static List<Element> attached(
            Part part, Structure structure, Structure before, String texts, List<Element> doomed) {
        var going = doomed.stream().map(Element::name).toList();
        var there = before.elements().stream().map(Element::identity).collect(Collectors.toSet());
        return structure.elements().stream()
                .filter(one -> !one.table().isEmpty() && !going.contains(one.table()))
                .filter(one -> !there.contains(one.identity()))
                .filter(one -> switch (one.kind()) {
                    case TRIGGER -> part.mentions(texts, one.name());
                    case FOREIGN_KEY ->
                        going.stream()
                                .anyMatch(name -> part.mentions(
                                        String.join(" ", one.facts().values()), name));
                    default -> false;
                })
                .toList();
    }

    public static void dropAll(Installation here) {
        var doomed = doomed(here);
        var part = here.part();
        for (var element : doomed) {
            if (!element.table().isEmpty()) here.session().run(detach(here, element));
        }
        try (var editor = here.database().editor()) {
            for (var element : doomed) {
                if (element.kind() == Element.Kind.VIEW)
                    editor.drop(part.schema(), Kind.VIEW, part.live(element.name()));
            }
            editor.dropTables(
                    part.schema(),
                    doomed.stream()
                            .filter(element -> element.kind() == Element.Kind.TABLE)
                            .map(element -> part.live(element.name()))
                            .toList());
        }
        for (var element : doomed) {
            boolean gone = element.kind() == Element.Kind.VIEW || element.kind() == Element.Kind.TABLE;
            if (gone || !element.table().isEmpty()) continue;
            here.session().run("DROP " + element.kind() + " IF EXISTS " + named(here, part.live(element.name())));
        }
        here.history().forgetAll();
    }

    private static String detach(Installation here, Element element) {
        var dialect = here.database().dialect();
        String name = dialect.name(here.part().live(element.name()));
        String table = dialect.name(here.part().live(element.table()));
        if (element.kind() == Element.Kind.FOREIGN_KEY) return "ALTER TABLE " + table + " DROP CONSTRAINT " + name;
        return "DROP TRIGGER IF EXISTS " + name + (here.part().postgres() ? " ON " + table : "");
    }

    /** On PostgreSQL what a function takes is a part of its name. */
    private static String named(Installation here, String name) {
        int arguments = name.indexOf('(');
        var dialect = here.database().dialect();
        if (arguments < 0) return dialect.name(name);
        return dialect.name(name.substring(0, arguments)) + name.substring(arguments);
    }
}
