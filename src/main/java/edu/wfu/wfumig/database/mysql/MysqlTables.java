package edu.wfu.wfumig.database.mysql;

import static edu.wfu.wfumig.database.mysql.MysqlQuery.text;
import static edu.wfu.wfumig.database.mysql.MysqlText.list;
import static edu.wfu.wfumig.database.mysql.MysqlText.literal;

import edu.wfu.wfumig.inventory.Element;
import edu.wfu.wfumig.inventory.Element.Kind;
import edu.wfu.wfumig.inventory.OwnNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads some tables and views of a schema with their parts: one statement for each kind of element, however many they are. */
final class MysqlTables {
    private final MysqlQuery query;
    private final String schema;
    private final MysqlSpelling spelling;
    private final OwnNames own;
    private final List<String> names;

    /** Columns that MariaDB keeps as text with a check where MySQL has a type: {@code table, column}. */
    private final Set<List<String>> json = new HashSet<>();

    private final List<Element> elements = new ArrayList<>();

    MysqlTables(MysqlQuery query, String schema, MysqlSpelling spelling, OwnNames own, List<String> names) {
        this.query = query;
        this.schema = schema;
        this.spelling = spelling;
        this.own = own;
        this.names = names;
    }

    List<Element> read() {
        var tables = new HashSet<String>();
        ask(
                "table_name, table_type, engine, table_collation, create_options, table_comment FROM"
                        + " information_schema.tables",
                "table_schema",
                "table_name",
                row -> {
                    String type = text(row, 2);
                    if (type.equals("VIEW")) return;
                    if (type.equals("SEQUENCE")) {
                        add(Kind.SEQUENCE, "", own.name(row.getString(1)), Map.of());
                        return;
                    }
                    tables.add(row.getString(1));
                    var facts = new TreeMap<String, String>();
                    facts.put("engine", text(row, 3));
                    facts.put("collation", spelling.collation(text(row, 4)));
                    facts.put("options", spelling.options(text(row, 5)));
                    facts.put("comment", own.text(text(row, 6)));
                    add(Kind.TABLE, "", own.name(row.getString(1)), facts);
                });
        if (!tables.isEmpty()) {
            checks();
            columns(tables);
            indexes();
            foreignKeys();
            triggers();
        }
        if (tables.size() < names.size()) views();
        return elements;
    }

    /**
     * @param select columns and table, with other conditions where there are any
     */
    private void ask(String select, String schemaColumn, String tableColumn, MysqlQuery.RowReader reader) {
        String of = (select.contains(" WHERE ") ? " AND " : " WHERE ") + schemaColumn + " = " + literal(schema)
                + " AND " + tableColumn;
        query.each(
                spelling.mariadb()
                        ? names.stream()
                                .map(name -> "SELECT " + select + of + " = " + literal(name))
                                .collect(Collectors.joining(" UNION ALL "))
                        : "SELECT " + select + of + " IN " + list(names),
                reader);
    }

    private void add(Kind kind, String table, String name, Map<String, String> facts) {
        elements.add(new Element(kind, table, name, facts));
    }

    private void checks() {
        if (spelling.mariadb()) {
            ask(
                    "table_name, constraint_name, check_clause, level FROM information_schema.check_constraints",
                    "constraint_schema",
                    "table_name",
                    row -> {
                        String table = row.getString(1);
                        String name = row.getString(2);
                        if (text(row, 4).equals("Column") && text(row, 3).equals("json_valid(`" + name + "`)")) {
                            json.add(List.of(table, name));
                        } else {
                            check(table, name, text(row, 3), "");
                        }
                    });
        } else {
            ask(
                    "t.table_name, c.constraint_name, c.check_clause, t.enforced FROM information_schema.table_constraints t"
                            + " JOIN information_schema.check_constraints c ON c.constraint_schema = t.constraint_schema"
                            + " AND c.constraint_name = t.constraint_name WHERE t.constraint_type = 'CHECK'",
                    "t.table_schema",
                    "t.table_name",
                    row -> check(row.getString(1), row.getString(2), text(row, 3), text(row, 4)));
        }
    }

    private void check(String table, String name, String clause, String enforced) {
        var facts = new TreeMap<String, String>();
        facts.put(Element.MADE, own.text(spelling.expression(clause)));
        facts.put("enforced", enforced.equals("NO") ? "no" : "");
        add(Kind.CHECK, own.name(table), own.name(name), facts);
    }

    private void columns(Set<String> tables) {
        ask(
                "table_name, column_name, ordinal_position, column_type, is_nullable, column_default, extra,"
                        + " generation_expression, collation_name, column_comment FROM information_schema.columns",
                "table_schema",
                "table_name",
                row -> {
                    String table = row.getString(1);
                    if (!tables.contains(table)) return;
                    boolean isJson = json.contains(List.of(table, row.getString(2)));
                    String extra = text(row, 7);
                    var facts = new TreeMap<String, String>();
                    facts.put(Element.TYPE, isJson ? "json" : spelling.type(text(row, 4)));
                    facts.put(Element.NULLS, text(row, 5).equals("YES") ? "null" : "not null");
                    facts.put("default", own.text(spelling.byDefault(row.getString(6), extra)));
                    facts.put("extra", spelling.extra(extra));
                    facts.put("generated", own.text(spelling.expression(text(row, 8))));
                    facts.put("collation", isJson ? "" : spelling.collation(text(row, 9)));
                    facts.put("comment", own.text(text(row, 10)));
                    elements.add(new Element(Kind.COLUMN, own.name(table), row.getString(2), row.getInt(3), facts));
                });
    }

    /** What only one of the products or versions says of indexes is looked for by its name. */
    private void indexes() {
        var found = new LinkedHashMap<List<String>, TreeMap<String, String>>();
        var parts = new LinkedHashMap<List<String>, TreeMap<Integer, String>>();
        ask("* FROM information_schema.statistics", "table_schema", "table_name", row -> {
            var said = MysqlSpelling.byLabel(row);
            String table = said.getOrDefault("TABLE_NAME", "");
            String index = said.getOrDefault("INDEX_NAME", "");
            var key = List.of(own.name(table), index.equals("PRIMARY") ? index : own.name(index));
            var facts = found.computeIfAbsent(key, k -> new TreeMap<>());
            boolean unique = said.getOrDefault("NON_UNIQUE", "").equals("0");
            facts.put(Element.TYPE, index.equals("PRIMARY") ? "primary key" : unique ? "unique index" : "plain index");
            String method = said.getOrDefault("INDEX_TYPE", "");
            facts.put("method", method.equals("BTREE") ? "" : method);
            facts.put("comment", own.text(said.getOrDefault("INDEX_COMMENT", "")));
            boolean unseen = said.getOrDefault("IS_VISIBLE", "YES").equals("NO")
                    || said.getOrDefault("IGNORED", "NO").equals("YES");
            facts.put("used", unseen ? "no" : "");
            String expression = said.getOrDefault("EXPRESSION", "");
            String length = said.getOrDefault("SUB_PART", "");
            parts.computeIfAbsent(key, k -> new TreeMap<>())
                    .put(
                            Integer.valueOf(said.getOrDefault("SEQ_IN_INDEX", "0")),
                            (expression.isEmpty()
                                            ? said.getOrDefault("COLUMN_NAME", "")
                                            : "(" + own.text(spelling.expression(expression)) + ")")
                                    + (length.isEmpty() ? "" : "(" + length + ")")
                                    + (said.getOrDefault("COLLATION", "").equals("D") ? " desc" : ""));
        });
        found.forEach((key, facts) -> {
            facts.put(
                    "columns",
                    String.join(", ", parts.getOrDefault(key, new TreeMap<>()).values()));
            add(Kind.INDEX, key.get(0), key.get(1), facts);
        });
    }

    private void foreignKeys() {
        var found = new LinkedHashMap<List<String>, TreeMap<String, String>>();
        var columns = new LinkedHashMap<List<String>, TreeMap<Integer, String>>();
        var referenced = new LinkedHashMap<List<String>, TreeMap<Integer, String>>();
        ask(
                "table_name, constraint_name, ordinal_position, column_name, referenced_table_schema,"
                        + " referenced_table_name, referenced_column_name FROM information_schema.key_column_usage"
                        + " WHERE referenced_table_name IS NOT NULL",
                "table_schema",
                "table_name",
                row -> {
                    var key = List.of(own.name(row.getString(1)), own.name(row.getString(2)));
                    String other = own.name(text(row, 6));
                    String there = text(row, 5).equals(schema) ? other : text(row, 5) + "." + text(row, 6);
                    found.computeIfAbsent(key, k -> new TreeMap<>()).put("references", there);
                    columns.computeIfAbsent(key, k -> new TreeMap<>()).put(row.getInt(3), text(row, 4));
                    referenced.computeIfAbsent(key, k -> new TreeMap<>()).put(row.getInt(3), text(row, 7));
                });
        ask(
                "table_name, constraint_name, update_rule, delete_rule FROM"
                        + " information_schema.referential_constraints",
                "constraint_schema",
                "table_name",
                row -> {
                    var facts = found.get(List.of(own.name(row.getString(1)), own.name(row.getString(2))));
                    if (facts == null) return;
                    facts.put("on update", MysqlSpelling.action(text(row, 3)));
                    facts.put("on delete", MysqlSpelling.action(text(row, 4)));
                });
        found.forEach((key, facts) -> {
            facts.put(
                    "columns",
                    String.join(", ", columns.getOrDefault(key, new TreeMap<>()).values()));
            String columnsThere = String.join(
                    ", ", referenced.getOrDefault(key, new TreeMap<>()).values());
            facts.merge("references", " (" + columnsThere + ")", String::concat);
            add(Kind.FOREIGN_KEY, key.get(0), key.get(1), facts);
        });
    }

    private void triggers() {
        ask(
                "event_object_table, trigger_name, action_timing, event_manipulation, action_order, action_statement FROM"
                        + " information_schema.triggers",
                "event_object_schema",
                "event_object_table",
                row -> add(
                        Kind.TRIGGER,
                        own.name(row.getString(1)),
                        own.name(row.getString(2)),
                        Map.of(
                                Element.MADE,
                                own.text(text(row, 6)),
                                "fires",
                                text(row, 3) + " " + text(row, 4),
                                "order",
                                text(row, 5))));
    }

    private void views() {
        ask(
                "table_name, view_definition, check_option, security_type FROM information_schema.views",
                "table_schema",
                "table_name",
                row -> add(
                        Kind.VIEW,
                        "",
                        own.name(row.getString(1)),
                        Map.of(
                                Element.MADE,
                                own.text(text(row, 2)),
                                "check option",
                                text(row, 3).equals("NONE") ? "" : text(row, 3),
                                "security",
                                text(row, 4))));
    }
}
