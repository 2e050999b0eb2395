package edu.wfu.wfumig.graph;

import edu.wfu.wfumig.graph.Scope.ScopeTable;
import edu.wfu.wfumig.inventory.Column;
import edu.wfu.wfumig.inventory.Table;
import edu.wfu.wfumig.plan.Plan;
import edu.wfu.wfumig.plan.Tables.RowFilter;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which of some tables a plan moves, how, and what that means for the tables that the target has. */
record Selection(Plan plan) {

    List<ScopeTable> moving(List<Table> tables) {
        return moving(tables, table -> null);
    }

    /**
     * @param columns the columns of a table that are copied; null for all
     */
    List<ScopeTable> moving(List<Table> tables, Function<Table, @Nullable List<String>> columns) {
        return tables.stream()
                .filter(table -> plan.tables().moves(table.name()))
                .map(table -> new ScopeTable(
                        table.name(),
                        table.rows(),
                        table.bytes(),
                        table.hasKey(),
                        filter(table.name()),
                        table.shape().columns().stream()
                                .filter(column ->
                                        column.text() && plan.rewrite().skips(table.name(), column.name()))
                                .map(Column::name)
                                .toList(),
                        columns.apply(table)))
                .toList();
    }

    private @Nullable String filter(String table) {
        if (plan.tables().structureOnly().stream().anyMatch(glob -> glob.matches(table))) {
            return ScopeTable.STRUCTURE_ONLY;
        }
        String conditions = plan.tables().where().stream()
                .filter(filter -> filter.tables().matches(table))
                .map(RowFilter::condition)
                .collect(Collectors.joining(") AND ("));
        return conditions.isEmpty() ? null : "(" + conditions + ")";
    }

    List<String> replaced(List<Table> tables, List<Table> present) {
        var names = present.stream().map(Table::name).collect(Collectors.toSet());
        return moving(tables).stream()
                .map(ScopeTable::name)
                .filter(names::contains)
                .toList();
    }

    List<String> staying(List<Table> tables, List<Table> present) {
        var names = moving(tables).stream().map(ScopeTable::name).collect(Collectors.toSet());
        return present.stream()
                .map(Table::name)
                .filter(name -> !names.contains(name))
                .toList();
    }
}
