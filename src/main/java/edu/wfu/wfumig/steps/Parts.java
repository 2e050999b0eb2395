package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.database.Cursor;
import edu.wfu.wfumig.database.TableDefinition;
import edu.wfu.wfumig.dump.Manifest.ColumnPart;
import edu.wfu.wfumig.dump.Manifest.Definition;
import edu.wfu.wfumig.dump.Manifest.TablePart;
import edu.wfu.wfumig.inventory.Column;
import java.util.List;

/** What a manifest says of tables, views and triggers, made from a server's definitions. */
final class Parts {
    private Parts() {}

    /**
     * A table without its rows.
     *
     * @param binary whether its rows come as the server hands them over
     */
    static TablePart of(TableDefinition table, boolean binary) {
        boolean keyed = !binary && Cursor.places(table) != null;
        return new TablePart(
                table.name(),
                table.create(),
                columns(table.stored()),
                keyed ? table.key() : List.of(),
                List.of(),
                table.after(),
                binary);
    }

    /** The columns of a table that a dump fills; it may have more, which the source lacks. */
    static List<Column> moved(TableDefinition table, TablePart part) {
        var names = part.columns().stream().map(ColumnPart::name).toList();
        return table.stored().stream()
                .filter(column -> names.contains(column.name()))
                .toList();
    }

    static List<ColumnPart> columns(List<Column> columns) {
        return columns.stream()
                .map(column -> new ColumnPart(column.name(), column.type(), column.charset()))
                .toList();
    }

    static List<Definition> of(List<edu.wfu.wfumig.database.Definition> definitions) {
        return definitions.stream()
                .map(definition -> new Definition(
                        definition.name(), definition.table(), definition.create(), definition.sqlMode()))
                .toList();
    }
}
