package edu.wfu.wfumig.database;

import edu.wfu.wfumig.inventory.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A place in a table that is read in the order of its key: behind the row with these values. Only keys of whole numbers give
 * one: texts are ordered by collations, which are compared elsewhere by other rules.
 *
 * @param columns the key's columns
 * @param values of the last row, in decimal
 */
public record Cursor(List<String> columns, List<String> values) {
    private static final Set<String> WHOLE_NUMBERS =
            Set.of("tinyint", "smallint", "mediumint", "int", "bigint", "int2", "int4", "int8");

    /** The places of the key's values in a row of stored columns; null when the table gives no cursors. */
    public static int @Nullable [] places(TableDefinition table) {
        var stored = table.stored();
        var names = stored.stream().map(Column::name).toList();
        int[] places = table.key().stream().mapToInt(names::indexOf).toArray();
        for (int place : places) {
            if (place < 0 || !WHOLE_NUMBERS.contains(stored.get(place).type())) return null;
        }
        return places.length == 0 ? null : places;
    }

    /** The condition for all rows behind it: {@code a > 5 OR a = 5 AND b > 7}. */
    public String behind(UnaryOperator<String> name) {
        var either = new ArrayList<String>();
        var equal = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            String column = name.apply(columns.get(i));
            either.add(equal + column + " > " + values.get(i));
            equal.append(column).append(" = ").append(values.get(i)).append(" AND ");
        }
        return String.join(" OR ", either);
    }
}
