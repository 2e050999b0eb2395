package edu.wfu.wfumig.database.mysql;

import static edu.wfu.wfumig.database.mysql.MysqlText.name;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.Definition;
import edu.wfu.wfumig.database.Exchange;
import edu.wfu.wfumig.database.SchemaEditor;
import edu.wfu.wfumig.database.SchemaEditor.Kind;
import edu.wfu.wfumig.database.SchemaEditor.Move;
import edu.wfu.wfumig.database.Swapper;
import edu.wfu.wfumig.inventory.ForeignKey;
import edu.wfu.wfumig.inventory.Trigger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Swaps by one RENAME, which takes all tables or none.
 *
 * <ol>
 *   <li>Triggers of the tables that go are dropped, because no table with a trigger can leave its schema.
 *   <li>One RENAME moves old tables aside and new ones in.
 *   <li>Triggers and views of the source are made; foreign keys of other tables are pointed at the new ones.
 * </ol>
 */
final class MysqlSwapper implements Swapper {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @param foreignKeys foreign keys of other tables to those that go, as they must be afterwards
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Remembered(
            List<Definition> oldTriggers,
            List<Definition> newTriggers,
            List<Definition> oldViews,
            List<Definition> newViews,
            List<Definition> foreignKeys) {
        static Remembered of(Exchange exchange) {
            return JSON.convertValue(exchange.remembered(), Remembered.class);
        }

        Map<String, Object> facts() {
            return JSON.convertValue(this, new TypeReference<LinkedHashMap<String, Object>>() {});
        }
    }

    private final MysqlCatalogue catalogue;
    private final SchemaEditor editor;
    private final MysqlReferences references;

    MysqlSwapper(MysqlCatalogue catalogue, SchemaEditor editor, MysqlReferences references) {
        this.catalogue = catalogue;
        this.editor = editor;
        this.references = references;
    }

    @Override
    public Exchange plan(List<Move> out, List<Move> in, Company company) {
        String schema = in.get(0).to().schema();
        var tables = in.stream().map(move -> move.to().table()).toList();
        var newTriggers = company.triggers().stream().map(MysqlSwapper::common).toList();
        requireFreeNames(schema, tables, newTriggers);
        var views = company.replaced().isEmpty()
                ? List.<String>of()
                : catalogue.views(schema).stream()
                        .filter(company.replaced()::contains)
                        .toList();
        var remembered = new Remembered(
                catalogue.triggerDefinitions(schema, tables),
                newTriggers,
                catalogue.viewDefinitions(schema, views),
                company.views(),
                foreignKeys(schema, Set.copyOf(tables), company.reserved()));
        return new Exchange(out, in, remembered.facts());
    }

    private static Definition common(Definition trigger) {
        String modes = MysqlText.commonModes(trigger.sqlMode());
        return new Definition(trigger.name(), trigger.table(), trigger.create(), modes, trigger.definer());
    }

    /** A trigger's name is taken once per schema; one of another table is in the way and is not dropped for it. */
    private void requireFreeNames(String schema, List<String> moving, List<Definition> newTriggers) {
        if (newTriggers.isEmpty()) return;
        for (var present : catalogue.triggers(schema)) {
            boolean wanted =
                    newTriggers.stream().anyMatch(trigger -> trigger.name().equals(present.name()));
            if (!wanted || moving.contains(present.table())) continue;
            throw new Refusal(
                    Refusal.Kind.FAILED,
                    Problem.of(
                            "the target's table " + present.table() + " has a trigger " + present.name()
                                    + ", which the source has on another table",
                            "a name that is free",
                            "the target is untouched",
                            "rename one of the two, then type: wfumig resume"));
        }
    }

    private List<Definition> foreignKeys(String schema, Set<String> moving, Predicate<String> reserved) {
        var keys = references.of(catalogue, schema).stream()
                .filter(key -> moving.contains(key.parent()) && !moving.contains(key.table()))
                .filter(key -> !reserved.test(key.table()))
                .toList();
        var definitions = new ArrayList<Definition>();
        if (keys.isEmpty()) return definitions;
        var present =
                catalogue.present(schema, keys.stream().map(ForeignKey::table).toList());
        for (var key : keys) {
            if (!present.contains(key.table())) continue;
            String create =
                    catalogue.define(schema, List.of(key.table())).get(0).create();
            var clause = Pattern.compile(
                            "CONSTRAINT " + Pattern.quote(name(key.name())) + " FOREIGN KEY [^\\n]*?(?=,?\\n)")
                    .matcher(create);
            if (clause.find()) definitions.add(new Definition(key.name(), key.table(), clause.group(), "", ""));
        }
        return definitions;
    }

    @Override
    public void move(Exchange exchange) {
        dropTriggers(exchange);
        var moves = new ArrayList<>(exchange.out());
        moves.addAll(exchange.in());
        editor.rename(moves);
        forgetReferences(exchange);
    }

    private void forgetReferences(Exchange exchange) {
        var tables = tables(exchange);
        boolean away =
                catalogue.foreignKeys(exchange.live(), tables).stream().anyMatch(key -> !tables.contains(key.parent()));
        if (away) references.forget(exchange.live());
    }

    private static Set<String> tables(Exchange exchange) {
        return exchange.in().stream().map(move -> move.to().table()).collect(Collectors.toSet());
    }

    @Override
    public void complete(Exchange exchange) {
        var remembered = Remembered.of(exchange);
        String schema = exchange.live();
        for (var trigger : remembered.newTriggers()) editor.create(schema, Kind.TRIGGER, trigger);
        for (var view : remembered.newViews()) editor.create(schema, Kind.VIEW, view);
        point(schema, remembered.foreignKeys());
    }

    @Override
    public void back(Exchange exchange, boolean moved) {
        var remembered = Remembered.of(exchange);
        String schema = exchange.live();
        if (moved) {
            dropTriggers(exchange);
            var moves = new ArrayList<Move>();
            exchange.in().forEach(move -> moves.add(move.back()));
            exchange.out().forEach(move -> moves.add(move.back()));
            editor.rename(moves);
            references.forget(schema);
        }
        for (var view : remembered.newViews()) editor.drop(schema, Kind.VIEW, view.name());
        for (var view : remembered.oldViews()) editor.create(schema, Kind.VIEW, view);
        for (var trigger : remembered.oldTriggers()) editor.create(schema, Kind.TRIGGER, trigger);
        point(schema, remembered.foreignKeys());
    }

    @Override
    public Exchange remade(Exchange exchange) {
        return exchange;
    }

    @Override
    public List<String> missing(Exchange exchange) {
        var remembered = Remembered.of(exchange);
        String schema = exchange.live();
        var missing = new ArrayList<String>();
        var triggers = catalogue.triggers(schema, tables(exchange)).stream()
                .map(Trigger::name)
                .collect(Collectors.toSet());
        for (var trigger : remembered.newTriggers()) {
            if (!triggers.contains(trigger.name())) missing.add("trigger " + trigger.name() + " is missing");
        }
        for (var view : remembered.newViews()) {
            try {
                catalogue.rows("SELECT 1 FROM " + name(schema, view.name()) + " LIMIT 1");
            } catch (Refusal unreadable) {
                catalogue.rows("SELECT 1"); // a server that is gone is no broken view
                missing.add("view " + view.name() + " cannot be read");
            }
        }
        return missing;
    }

    private void dropTriggers(Exchange exchange) {
        String schema = exchange.live();
        for (var trigger : catalogue.triggers(schema, tables(exchange))) {
            editor.drop(schema, Kind.TRIGGER, trigger.name());
        }
    }

    /** Points foreign keys of other tables at the tables that now bear the names. */
    private void point(String schema, List<Definition> foreignKeys) {
        if (foreignKeys.isEmpty()) return;
        var tables = foreignKeys.stream().map(Definition::table).collect(Collectors.toSet());
        var present = catalogue.foreignKeys(schema, tables);
        for (var key : foreignKeys) {
            String table = "ALTER TABLE " + name(schema, key.table());
            boolean there = present.stream()
                    .anyMatch(
                            one -> one.name().equals(key.name()) && one.table().equals(key.table()));
            if (there) editor.complete(table + " DROP FOREIGN KEY " + name(key.name()));
            editor.complete(table + " ADD " + key.create());
        }
    }

    @Override
    public void close() {
        catalogue.close();
        editor.close();
    }
}
