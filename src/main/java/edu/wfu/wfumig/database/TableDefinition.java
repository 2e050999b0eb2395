package edu.wfu.wfumig.database;

import edu.wfu.wfumig.inventory.Column;
import java.util.List;

/**
 * How a table is made.
 *
 * @param create the server's own CREATE TABLE statement, without a schema
 * @param columns all columns in order
 * @param key columns by which rows can be put in order; empty when there are none
 */
public record TableDefinition(String name, String create, List<Column> columns, List<String> key) {
    /** The columns whose values are moved. */
    public List<Column> stored() {
        return columns.stream().filter(column -> !column.generated()).toList();
    }
}
