package edu.wfu.wfumig.database.postgres;

import edu.wfu.wfumig.inventory.Element;
import edu.wfu.wfumig.inventory.Element.Kind;
import edu.wfu.wfumig.inventory.OwnNames;
import edu.wfu.wfumig.inventory.Structure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads what a part of a schema is made of, as of one moment, with one statement for each kind of element and in the server's
 * own words: they are the same for what is the same. An index that is not valid is not there.
 */
final class PostgresStructure {
    /** What a definition begins with, up to the name, which stands beside it. */
    private static final Pattern INDEX_HEAD = Pattern.compile(
            "CREATE (UNIQUE )?INDEX (?:\"(?:[^\"]|\"\")*\"|\\S+) ON (?:ONLY )?(?:\"(?:[^\"]|\"\")*\"|\\S+) ");

    private static final Pattern TRIGGER_HEAD =
            Pattern.compile("CREATE (CONSTRAINT )?TRIGGER (?:\"(?:[^\"]|\"\")*\"|\\S+) ");
    private static final Pattern CONSTRAINT_HEAD = Pattern.compile("CONSTRAINT (?:\"(?:[^\"]|\"\")*\"|\\S+) ");

    private final PostgresQuery query;
    private final String schema;
    private final String prefix;
    private final List<Element> elements = new ArrayList<>();

    PostgresStructure(PostgresQuery query, String schema, String prefix) {
        this.query = query;
        this.schema = schema;
        this.prefix = prefix;
    }

    Structure read() {
        query.within(schema, () -> {
            var tables = new HashMap<String, Map<String, String>>();
            var names = new ArrayList<String>();
            query.each(
                    "structure-names",
                    row -> {
                        names.add(row.getString(1));
                        if (row.getBoolean(2)) tables.put(row.getString(1), said(row));
                    },
                    schema,
                    prefix);
            var own = OwnNames.of(schema, prefix, names);
            tables.keySet().removeIf(table -> !own.has(table));
            tables.values().forEach(facts -> facts.replaceAll((fact, value) -> own.text(value)));
            if (!tables.isEmpty()) new Tables(own, tables).read();
            var views = names.stream()
                    .filter(name -> own.has(name) && !tables.containsKey(name))
                    .toList();
            if (!views.isEmpty()) views(own, views);
            others(own);
        });
        return new Structure(elements);
    }

    private static Map<String, String> said(ResultSet row) throws SQLException {
        return new TreeMap<>(Map.of(Element.TYPE, row.getString(3), "comment", row.getString(4)));
    }

    private void add(Kind kind, String table, String name, Map<String, String> facts) {
        elements.add(new Element(kind, table, name, facts));
    }

    private void views(OwnNames own, List<String> views) {
        query.each(
                "views",
                row -> add(Kind.VIEW, "", own.name(row.getString(1)), Map.of(Element.MADE, own.text(row.getString(3)))),
                schema,
                views);
    }

    private void others(OwnNames own) {
        var classes = new ArrayList<Long>();
        var objects = new ArrayList<Long>();
        query.each(
                "structure-others",
                row -> {
                    if (!own.has(row.getString(3))) return;
                    classes.add(row.getLong(1));
                    objects.add(row.getLong(2));
                },
                schema,
                prefix);
        if (objects.isEmpty()) return;
        query.each(
                "describe",
                row -> {
                    String made = own.text(row.getString(3));
                    add(kind(row.getString(1), made), "", own.text(row.getString(2)), Map.of(Element.MADE, made));
                },
                classes,
                objects);
    }

    private static Kind kind(String described, String made) {
        return switch (described) {
            case "SEQUENCE" -> Kind.SEQUENCE;
            case "DOMAIN" -> Kind.DOMAIN;
            case "FUNCTION" -> made.startsWith("CREATE OR REPLACE PROCEDURE") ? Kind.PROCEDURE : Kind.FUNCTION;
            default -> Kind.TYPE;
        };
    }

    /** Tables with their parts. */
    private final class Tables {
        private final OwnNames own;
        private final Map<String, Map<String, String>> tables;
        private final List<String> names;
        private final Map<List<String>, String> comments = new HashMap<>();
        private final Map<List<String>, String> sequences = new HashMap<>();
        private final Map<String, Integer> places = new HashMap<>();
        private final Map<List<String>, Map<String, String>> indexes = new HashMap<>();

        Tables(OwnNames own, Map<String, Map<String, String>> tables) {
            this.own = own;
            this.tables = tables;
            names = List.copyOf(tables.keySet());
        }

        void read() {
            query.each("options", this::options, schema, names);
            tables.forEach((table, facts) -> add(Kind.TABLE, "", own.name(table), facts));
            query.each(
                    "structure-comments",
                    row -> comments.put(List.of(row.getString(1), row.getString(2)), row.getString(3)),
                    schema,
                    names);
            query.each("sequences", this::sequence, schema, names);
            query.each("columns", this::column, schema, names);
            query.each("constraints", this::constraint, schema, names);
            query.each("indexes", this::index, schema, names);
            indexes.forEach((key, facts) -> add(Kind.INDEX, own.name(key.get(0)), own.name(key.get(1)), facts));
            query.each("triggers", this::trigger, schema, names);
        }

        private void options(ResultSet row) throws SQLException {
            var facts = tables.get(row.getString(1));
            if (facts == null) return;
            facts.put("logged", row.getBoolean(2) ? "no" : "");
            facts.put("method", row.getString(3));
            facts.put("options", (row.getString(4) + " " + row.getString(5)).trim());
            facts.put("replica identity", own.text(row.getString(6)));
        }

        private void sequence(ResultSet row) throws SQLException {
            String options = own.name(row.getString(3)) + " as " + row.getString(5) + " start " + row.getLong(6)
                    + " increment " + row.getLong(7) + " from " + row.getLong(8) + " to " + row.getLong(9) + " cache "
                    + row.getLong(10) + (row.getBoolean(11) ? " cycle" : "");
            sequences.put(List.of(row.getString(1), row.getString(2)), options);
        }

        /** Places have no gaps, whatever was dropped before. */
        private void column(ResultSet row) throws SQLException {
            var key = List.of(row.getString(1), row.getString(2));
            boolean generated = !row.getString(5).isEmpty();
            String expression = own.text(row.getString(10));
            String identity = row.getString(6);
            var facts = new TreeMap<String, String>();
            facts.put(Element.TYPE, own.text(row.getString(8)));
            facts.put("collation", own.text(row.getString(9)));
            facts.put(Element.NULLS, row.getBoolean(7) ? "not null" : "null");
            facts.put("default", generated ? "" : expression);
            facts.put(
                    "generated", generated ? expression + (row.getString(5).equals("s") ? " stored" : " virtual") : "");
            facts.put("identity", identity.isEmpty() ? "" : identity.equals("a") ? "always" : "by default");
            facts.put("sequence", sequences.getOrDefault(key, ""));
            facts.put("storage", row.getString(11));
            facts.put("compression", row.getString(12));
            facts.put("options", row.getString(14));
            facts.put("comment", own.text(comments.getOrDefault(key, "")));
            int place = places.merge(row.getString(1), 1, Integer::sum);
            elements.add(new Element(Kind.COLUMN, own.name(row.getString(1)), row.getString(2), place, facts));
        }

        private void constraint(ResultSet row) throws SQLException {
            String made = own.text(CONSTRAINT_HEAD.matcher(row.getString(5)).replaceFirst(""));
            var facts = new TreeMap<String, String>();
            facts.put(Element.MADE, made);
            facts.put("comment", own.text(row.getString(6)));
            String table = row.getString(1);
            String name = row.getString(2);
            switch (row.getString(3)) {
                case "c" -> add(Kind.CHECK, own.name(table), own.name(name), facts);
                case "f" -> add(Kind.FOREIGN_KEY, own.name(table), own.name(name), facts);
                default -> indexes.put(List.of(table, name), facts);
            }
        }

        private void index(ResultSet row) throws SQLException {
            var facts = indexes.computeIfAbsent(List.of(row.getString(1), row.getString(2)), key -> new TreeMap<>());
            var head = INDEX_HEAD.matcher(row.getString(3));
            if (head.lookingAt()) {
                String unique = head.group(1) == null ? "" : head.group(1).toLowerCase(Locale.ROOT);
                facts.put(Element.MADE, unique + own.text(row.getString(3).substring(head.end())));
            }
            facts.put("options", own.text(row.getString(4)));
            facts.put("statistics", own.text(row.getString(5)));
            facts.merge("comment", own.text(row.getString(6)), (one, other) -> other.isEmpty() ? one : other);
        }

        private void trigger(ResultSet row) throws SQLException {
            String made = TRIGGER_HEAD.matcher(row.getString(3)).replaceFirst("$1");
            add(
                    Kind.TRIGGER,
                    own.name(row.getString(1)),
                    own.name(row.getString(2)),
                    Map.of(Element.MADE, own.text(made)));
        }
    }
}
