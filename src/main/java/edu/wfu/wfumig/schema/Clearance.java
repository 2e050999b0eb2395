package edu.wfu.wfumig.schema;

import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.SchemaEditor.Kind;
import edu.wfu.wfumig.inventory.Element;
import edu.wfu.wfumig.inventory.Structure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Drops all that migrations have made in a part of a schema, with its rows, and forgets that they were applied. Whoever calls it
 * has the lock of the database, and has asked twice.
 *
 * <ol>
 *   <li>What was there before the first migration stays, even where one has changed it; so does what was made by others later and
 *       changed by a migration after that.
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
        var stays = stays(all.values(), here.part(), structure);
        names.removeAll(stays.names());
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
        doomed.addAll(0, attached(here.part(), structure, stays, texts, doomed));
        return doomed;
    }

    /** What was there before the first migration, and what each has found when it was the first to change it. */
    private static Structure stays(Collection<Applied> all, Part part, Structure now) {
        var first = all.iterator().next().before();
        var elements = new ArrayList<>(first.elements());
        Scratch.changed(all, row -> row.touched(part, now)).elements().stream()
                .filter(element -> !first.names().contains(element.owner()))
                .forEach(elements::add);
        return new Structure(elements);
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
        var left = new ArrayList<Runnable>();
        var tables = new ArrayList<String>();
        for (var element : doomed(here)) {
            if (!element.table().isEmpty()) left.add(() -> here.session().run(detach(here, element)));
            else if (element.kind() == Element.Kind.VIEW) left.add(() -> dropView(here, element));
            else if (element.kind() == Element.Kind.TABLE) {
                if (tables.isEmpty()) left.add(() -> dropTables(here, tables));
                tables.add(here.part().live(element.name()));
            } else
                left.add(() -> here.session()
                        .run("DROP " + element.kind() + " IF EXISTS "
                                + named(here, here.part().live(element.name()))));
        }
        inAnyOrder(here, left);
        here.history().forgetAll();
    }

    /** What others still need is refused, and tried again when these are gone. */
    private static void inAnyOrder(Installation here, List<Runnable> drops) {
        var left = drops;
        while (!left.isEmpty()) {
            var refused = new ArrayList<Runnable>();
            Refusal last = null;
            for (var drop : left) {
                try {
                    drop.run();
                } catch (Refusal refusal) {
                    if (refusal.kind() == Refusal.Kind.LOCKED || !here.session().alive()) throw refusal;
                    refused.add(drop);
                    last = refusal;
                }
            }
            if (last != null && refused.size() == left.size()) throw last;
            left = refused;
        }
    }

    private static void dropView(Installation here, Element view) {
        try (var editor = here.database().editor()) {
            editor.drop(here.part().schema(), Kind.VIEW, here.part().live(view.name()));
        }
    }

    private static void dropTables(Installation here, List<String> tables) {
        try (var editor = here.database().editor()) {
            editor.dropTables(here.part().schema(), tables);
        }
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
