package edu.wfu.wfumig.database;

import edu.wfu.wfumig.inventory.Column;
import java.util.List;

/**
 * How a table is made.
 *
 * @param create the CREATE TABLE statement by which it begins empty, without a schema where the product allows that
 * @param columns all columns in order
 * @param key columns by which rows can be put in order; empty when there are none
 * @param after statements that complete it once its rows are in, in the order in which they must run; empty where
 *     {@code create} says it all
 */
public record TableDefinition(String name, String create, List<Column> columns, List<String> key, List<String> after) {
    /** This table's rows for another table of the same name: its definition, and of the columns those that it has too. */
    public TableDefinition in(TableDefinition other) {
        var names = other.stored().stream().map(Column::name).toList();
        var both = stored().stream()
                .filter(column -> names.contains(column.name()))
                .toList();
        boolean keyed = names.containsAll(key);
        return new TableDefinition(name, other.create, both, keyed ? key : List.of(), other.after);
    }

    /** The columns whose values are moved. */
    public List<Column> stored() {
        return columns.stream().filter(column -> !column.generated()).toList();
    }
}
