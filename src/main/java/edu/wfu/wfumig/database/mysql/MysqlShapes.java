package edu.wfu.wfumig.database.mysql;

import static edu.wfu.wfumig.database.mysql.MysqlQuery.among;
import static edu.wfu.wfumig.database.mysql.MysqlQuery.text;
import static edu.wfu.wfumig.database.mysql.MysqlText.literal;

import edu.wfu.wfumig.inventory.Column;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Columns and keys of a schema's tables, by their names. */
record MysqlShapes(MysqlQuery query, String schema) {
    Map<String, List<Column>> columns(@Nullable Collection<String> tables) {
        var columns = new HashMap<String, List<Column>>();
        var shared = new HashMap<Column, Column>();
        var lists = new HashMap<List<Column>, List<Column>>();
        String select = "SELECT table_name, column_name, data_type, character_set_name, collation_name, extra,"
                + " ordinal_position FROM information_schema.columns WHERE table_schema = " + literal(schema);
        query.each(among(tables, select, "table_name") + " ORDER BY table_name, ordinal_position", row -> {
            String extra = text(row, 6).toUpperCase(Locale.ROOT);
            var column = new Column(
                    row.getString(2),
                    row.getString(3).toLowerCase(Locale.ROOT),
                    text(row, 4),
                    text(row, 5),
                    extra.contains("GENERATED") && !extra.contains("DEFAULT_GENERATED"));
            var known = shared.putIfAbsent(column, column);
            columns.computeIfAbsent(row.getString(1), table -> new ArrayList<>(12))
                    .add(known == null ? column : known);
        });
        // Tables of 10,000 sites share a dozen lists of columns.
        columns.replaceAll((table, list) -> lists.computeIfAbsent(list, List::copyOf));
        return columns;
    }

    /** Primary keys, else the first unique key whose columns are all there, whole and never NULL. */
    Map<String, List<String>> keys(@Nullable Collection<String> tables) {
        var byTable = new HashMap<String, Map<String, List<String>>>();
        var unfit = new HashSet<String>();
        String select = "SELECT table_name, index_name, column_name, nullable, sub_part, seq_in_index"
                + " FROM information_schema.statistics WHERE non_unique = 0 AND table_schema = " + literal(schema);
        query.each(
                among(tables, select, "table_name")
                        + " ORDER BY table_name, index_name = 'PRIMARY' DESC, index_name, seq_in_index",
                row -> {
                    String table = row.getString(1);
                    String index = row.getString(2);
                    if (text(row, 4).equals("YES") || row.getString(5) != null || row.getString(3) == null) {
                        unfit.add(table + "\0" + index);
                    }
                    byTable.computeIfAbsent(table, t -> new LinkedHashMap<>())
                            .computeIfAbsent(index, i -> new ArrayList<>(2))
                            .add(text(row, 3));
                });
        var keys = new HashMap<String, List<String>>();
        byTable.forEach((table, indexes) -> indexes.forEach((index, columns) -> {
            if (!unfit.contains(table + "\0" + index)) keys.putIfAbsent(table, List.copyOf(columns));
        }));
        return keys;
    }
}
