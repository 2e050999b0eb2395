package edu.wfu.wfumig.database.mysql;

import static edu.wfu.wfumig.database.mysql.MysqlQuery.text;
import static edu.wfu.wfumig.database.mysql.MysqlText.literal;

import edu.wfu.wfumig.inventory.Element;
import edu.wfu.wfumig.inventory.Element.Kind;
import edu.wfu.wfumig.inventory.OwnNames;
import edu.wfu.wfumig.inventory.Structure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads what a part of a schema is made of.
 *
 * <ol>
 *   <li>Names of tables first: those alone cost the server no look into a table.
 *   <li>Then each kind of element for {@value #AT_ONCE} tables in one statement. MariaDB looks into all tables of the schema unless
 *       a condition names the one, so there the statement is a union with one part for each table.
 *   <li>Routines stand by themselves.
 * </ol>
 *
 * Sources: MySQL manual, "INFORMATION_SCHEMA Tables"; MariaDB documentation, "Information Schema" and "Optimizing
 * INFORMATION_SCHEMA Queries".
 */
final class MysqlStructure {
    private static final int AT_ONCE = 100;

    private final MysqlQuery query;
    private final String schema;
    private final String prefix;
    private final MysqlSpelling spelling;
    private final List<Element> elements = new ArrayList<>();

    MysqlStructure(MysqlQuery query, String schema, String prefix) {
        this.query = query;
        this.schema = schema;
        this.prefix = prefix;
        spelling = new MysqlSpelling(query.mariadb());
    }

    Structure read() {
        var names = new ArrayList<String>();
        query.each(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = " + literal(schema)
                        + beginning("table_name"),
                row -> names.add(row.getString(1)));
        var own = OwnNames.of(schema, prefix, names);
        var mine = names.stream().filter(own::has).sorted().toList();
        for (int from = 0; from < mine.size(); from += AT_ONCE) {
            elements.addAll(new MysqlTables(
                            query, schema, spelling, own, mine.subList(from, Math.min(mine.size(), from + AT_ONCE)))
                    .read());
        }
        routines(own);
        return new Structure(elements);
    }

    /** The condition that a name begins with the prefix, letter by letter. */
    private String beginning(String column) {
        if (prefix.isEmpty()) return "";
        String pattern = prefix.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
        return " AND " + column + " LIKE " + literal(pattern);
    }

    private void add(Kind kind, String table, String name, Map<String, String> facts) {
        elements.add(new Element(kind, table, name, facts));
    }

    private void routines(OwnNames own) {
        var parameters = new TreeMap<String, List<String>>();
        var found = new TreeMap<String, Element>();
        query.each(
                "SELECT routine_name, routine_type, routine_definition, dtd_identifier, is_deterministic, sql_data_access,"
                        + " security_type, routine_comment FROM information_schema.routines WHERE routine_schema = "
                        + literal(schema) + beginning("routine_name"),
                row -> {
                    if (!own.has(row.getString(1))) return;
                    var facts = new TreeMap<String, String>();
                    facts.put("returns", spelling.type(text(row, 4)));
                    facts.put("deterministic", text(row, 5).equals("YES") ? "yes" : "");
                    facts.put("access", text(row, 6).equals("CONTAINS SQL") ? "" : text(row, 6));
                    facts.put("security", text(row, 7));
                    facts.put("comment", own.text(text(row, 8)));
                    facts.put(Element.MADE, own.text(text(row, 3)));
                    var kind = text(row, 2).equals("FUNCTION") ? Kind.FUNCTION : Kind.PROCEDURE;
                    found.put(kind + " " + row.getString(1), new Element(kind, "", own.name(row.getString(1)), facts));
                });
        if (found.isEmpty()) return;
        query.each(
                "SELECT routine_type, specific_name, parameter_mode, parameter_name, dtd_identifier FROM"
                        + " information_schema.parameters WHERE ordinal_position > 0 AND specific_schema = "
                        + literal(schema)
                        + beginning("specific_name") + " ORDER BY routine_type, specific_name, ordinal_position",
                row -> parameters
                        .computeIfAbsent(row.getString(1) + " " + row.getString(2), routine -> new ArrayList<>())
                        .add(text(row, 3) + " " + text(row, 4) + " " + spelling.type(text(row, 5))));
        found.forEach((routine, element) -> {
            var facts = new TreeMap<>(element.facts());
            facts.put("parameters", String.join(", ", parameters.getOrDefault(routine, List.of())));
            add(element.kind(), "", element.name(), facts);
        });
    }
}
