package edu.wfu.wfumig.database.mysql;

import static edu.wfu.wfumig.database.mysql.MysqlText.name;

import edu.wfu.wfumig.inventory.Column;

/** How a column's value is asked for, so that its text loses nothing. The same for reading and for proving. */
final class MysqlValue {
    private MysqlValue() {}

    static String select(Column column) {
        return switch (column.type()) {
            // A FLOAT prints six digits; as a DOUBLE it prints all that it has.
            case "float" -> "(" + name(column.name()) + " + 0e0)";
            default -> name(column.name());
        };
    }
}
