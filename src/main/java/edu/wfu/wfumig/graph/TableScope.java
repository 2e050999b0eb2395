package edu.wfu.wfumig.graph;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.ScopeId;
import edu.wfu.wfumig.inventory.Column;
import edu.wfu.wfumig.inventory.Inventory;
import edu.wfu.wfumig.inventory.Table;
import edu.wfu.wfumig.plan.Plan;
import edu.wfu.wfumig.plan.Tables.Different;
import edu.wfu.wfumig.plan.Tables.Missing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The scope of a plan without sites: the tables of the schema that its globs name, whatever they belong to.
 *
 * <ol>
 *   <li>wfumig's own tables never move.
 *   <li>A table that the target lacks is created or refused, as the plan says.
 *   <li>One that has other columns there is refused, replaced, or gets what both have in common.
 *   <li>No rule follows from anything: only the author's own apply.
 * </ol>
 */
final class TableScope {
    private final Plan plan;
    private final Inventory inventory;
    private final List<Problem> problems;
    private final Selection selection;

    private TableScope(Plan plan, Inventory inventory, List<Problem> problems) {
        this.plan = plan;
        this.inventory = inventory;
        this.problems = problems;
        selection = new Selection(plan);
    }

    static Chosen of(Plan plan, Inventory inventory, List<Problem> problems) {
        return new TableScope(plan, inventory, problems).choose();
    }

    private Chosen choose() {
        var candidates = others(inventory.source().tables());
        var present = others(inventory.target().tables());
        var byName = present.stream().collect(Collectors.toMap(Table::name, Function.identity()));
        var moving = candidates.stream()
                .filter(table -> plan.tables().moves(table.name()))
                .toList();
        if (moving.isEmpty()) {
            problems.add(Problem.at(
                    plan.tables().location(),
                    "no table of schema '" + inventory.source().schema() + "' of " + plan.from()
                            + " is named by the plan",
                    "at least one table; it has " + some(candidates)));
        }
        var risks = new ArrayList<String>();
        var common = new LinkedHashMap<String, List<String>>();
        for (var table : moving) compare(table, byName.get(table.name()), common, risks);
        if (moving.stream()
                .anyMatch(table -> table.name().equals(inventory.source().prefix() + "blogs"))) {
            risks.add(inventory.source().prefix()
                    + "blogs moves as it is, and the sites in it keep the source's addresses;"
                    + " a plan with sites would rewrite them");
        }
        for (var lacking : inventory.lacking()) {
            if (lacking.makeable() && !lacking.other()) {
                risks.add(lacking.what() + " is made on the target");
                continue;
            }
            problems.add(new Problem(
                    plan.tables().location(),
                    "the target " + (lacking.other() ? "has another " : "lacks ") + lacking.what(),
                    "what the source's tables are made of",
                    "nothing was written",
                    lacking.create()));
        }
        var replaced = selection.replaced(moving, present);
        var staying = selection.staying(
                moving,
                present.stream()
                        .filter(table -> plan.tables().moves(table.name()))
                        .toList());
        var scope = new Scope(
                ScopeId.TABLES,
                null,
                null,
                replaced.isEmpty(),
                false,
                selection.moving(moving, table -> common.get(table.name())),
                replaced,
                staying,
                inventory.source().views().stream()
                        .filter(view -> plan.tables().moves(view))
                        .toList(),
                null,
                plan.tables().location());
        return new Chosen(List.of(scope), List.of(), candidates, risks);
    }

    /** Holds a table against what the target has of that name. */
    private void compare(Table table, @Nullable Table there, Map<String, List<String>> common, List<String> risks) {
        var rules = plan.tables();
        if (there == null) {
            if (rules.missing() == Missing.REFUSE) {
                problems.add(Problem.at(
                        rules.location(),
                        table.name() + " is not on the target",
                        "a table of that name; or missing create()"));
            }
            return;
        }
        var differences = differences(table, there);
        if (differences.isEmpty()) return;
        String what = table.name() + " is another table on the target: " + String.join(", ", differences);
        if (rules.different() == Different.REFUSE) {
            problems.add(Problem.at(
                    rules.location(), what, "the same columns; or different replace(), or different commonColumns()"));
        } else if (rules.different() == Different.REPLACE) {
            risks.add(what + "; it comes out as it is on the source");
        } else {
            var stored = there.shape().columns().stream()
                    .filter(column -> !column.generated())
                    .map(Column::name)
                    .toList();
            var both = table.shape().columns().stream()
                    .filter(column -> !column.generated() && stored.contains(column.name()))
                    .map(Column::name)
                    .toList();
            if (both.isEmpty()) problems.add(Problem.at(rules.location(), what, "at least one column on both sides"));
            for (String other : otherTypes(table, there)) {
                problems.add(Problem.at(
                        rules.location(),
                        "a common column of " + table.name() + " has another type on the target: " + other,
                        "one type on both sides, so that rows can be proved; or different replace()"));
            }
            common.put(table.name(), both);
            risks.add(what + "; it stays as it is there, and gets what both have");
        }
    }

    /** In which columns two tables differ. Types have names of their own on each product. */
    private List<String> differences(Table table, Table there) {
        var differences = new ArrayList<String>();
        var columns = byName(there);
        for (var column : table.shape().columns()) {
            var other = columns.remove(column.name());
            if (other == null) differences.add("it lacks " + column.name());
            else if (!sameType(column, other)) {
                differences.add(column.name() + " is " + typed(other) + ", not " + typed(column));
            } else if (other.generated() != column.generated()) {
                differences.add(column.name() + " is " + (other.generated() ? "" : "not ") + "generated there");
            }
        }
        columns.keySet().forEach(more -> differences.add("it has " + more));
        return differences;
    }

    /** Common columns whose values would not come out as they went in. */
    private List<String> otherTypes(Table table, Table there) {
        var columns = byName(there);
        var others = new ArrayList<String>();
        for (var column : table.shape().columns()) {
            var other = columns.get(column.name());
            if (other == null || other.generated() || column.generated()) continue;
            if (!sameType(column, other)) others.add(column.name() + " is " + typed(other) + ", not " + typed(column));
        }
        return others;
    }

    private static String typed(Column column) {
        return column.charset().isEmpty() ? column.type() : column.type() + " in " + column.charset();
    }

    private boolean sameType(Column one, Column other) {
        boolean sameProduct = inventory
                .source()
                .server()
                .product()
                .equals(inventory.target().server().product());
        return one.charset().equals(other.charset())
                && (!sameProduct || one.type().equals(other.type()));
    }

    private static Map<String, Column> byName(Table table) {
        var columns = new LinkedHashMap<String, Column>();
        table.shape().columns().forEach(column -> columns.put(column.name(), column));
        return columns;
    }

    private static List<Table> others(List<Table> tables) {
        return tables.stream().filter(table -> !TableNames.own(table.name())).toList();
    }

    private static String some(List<Table> tables) {
        if (tables.isEmpty()) return "none";
        String names = tables.stream().map(Table::name).limit(5).collect(Collectors.joining(", "));
        return names + (tables.size() > 5 ? ", …" : "");
    }
}
