package edu.wfu.wfumig.database.postgres;

import edu.wfu.wfumig.database.Catalogue;
import edu.wfu.wfumig.database.Definition;
import edu.wfu.wfumig.database.Findings;
import edu.wfu.wfumig.database.Mark;
import edu.wfu.wfumig.database.Needed;
import edu.wfu.wfumig.database.Needs;
import edu.wfu.wfumig.database.TableDefinition;
import edu.wfu.wfumig.inventory.Column;
import edu.wfu.wfumig.inventory.ForeignKey;
import edu.wfu.wfumig.inventory.NotCarried;
import edu.wfu.wfumig.inventory.ServerFacts;
import edu.wfu.wfumig.inventory.Structure;
import edu.wfu.wfumig.inventory.Table;
import edu.wfu.wfumig.inventory.Trigger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Reads pg_catalog. Source: PostgreSQL manual, "System Catalogs" and "System Information Functions". */
final class PostgresCatalogue implements Catalogue {
    private final Connection connection;
    private final PostgresQuery query;

    PostgresCatalogue(Connection connection, PostgresAddress address) {
        this.connection = connection;
        query = new PostgresQuery(connection, address.place());
    }

    @Override
    public ServerFacts facts() {
        var facts = new ArrayList<ServerFacts>();
        query.each("facts", row -> {
            String version = row.getString(1).replaceFirst(" .*", "");
            facts.add(new ServerFacts(
                    "PostgreSQL", version, row.getString(2), Set.of(), Set.of(), true, row.getBoolean(3)));
        });
        return facts.get(0);
    }

    @Override
    public boolean readOnly() {
        return rows("SELECT pg_is_in_recovery() OR current_setting('default_transaction_read_only')::boolean")
                .get(0)
                .get(0)
                .equals("t");
    }

    @Override
    public Set<String> handedOver(String schema, Collection<String> tables) {
        var names = new HashSet<String>();
        query.each("handed-over", row -> names.add(row.getString(1)), schema, tables);
        return names;
    }

    @Override
    public boolean hasSchema(String schema) {
        var found = new ArrayList<Boolean>();
        query.each("schema", row -> found.add(row.getBoolean(1)), schema);
        return found.get(0);
    }

    @Override
    public List<Table> tables(String schema) {
        var columns = columns(schema, null);
        var keys = keys(schema, null);
        var tables = new ArrayList<Table>();
        query.each(
                "tables",
                row -> {
                    String table = row.getString(1);
                    var shape = new Table.Shape(
                            columns.getOrDefault(table, List.of()), keys.getOrDefault(table, List.of()));
                    tables.add(new Table(table, row.getString(2), "", row.getLong(3), row.getLong(4), shape));
                },
                schema);
        return tables;
    }

    @Override
    public List<String> tableNames(String schema) {
        var names = new ArrayList<String>();
        query.each("table-names", row -> names.add(row.getString(1)), schema);
        return names;
    }

    @Override
    public List<String> views(String schema) {
        var names = new ArrayList<String>();
        query.each("views", row -> names.add(row.getString(1)), schema, null);
        return names;
    }

    @Override
    public List<Trigger> triggers(String schema) {
        var triggers = new ArrayList<Trigger>();
        query.each("triggers", row -> triggers.add(new Trigger(row.getString(2), row.getString(1))), schema, null);
        return triggers;
    }

    @Override
    public List<ForeignKey> foreignKeys(String schema) {
        var keys = new ArrayList<ForeignKey>();
        query.each(
                "foreign-keys",
                row -> keys.add(new ForeignKey(row.getString(1), row.getString(2), row.getString(3))),
                schema);
        return keys;
    }

    @Override
    public List<NotCarried> notCarried(String schema) {
        var left = new ArrayList<NotCarried>();
        query.each(
                "not-carried",
                row -> left.add(new NotCarried(row.getString(1), row.getString(2), row.getBoolean(3))),
                schema);
        return left;
    }

    @Override
    public List<TableDefinition> define(String schema, Collection<String> tables) {
        if (tables.isEmpty()) return List.of();
        var definitions = new ArrayList<TableDefinition>();
        query.within(schema, () -> {
            var columns = columns(schema, tables);
            var keys = keys(schema, tables);
            var texts = new PostgresDefinition.Reader(query, schema, tables).read();
            for (String table : tables) {
                var text = texts.getOrDefault(table, new PostgresDefinition(table));
                definitions.add(new TableDefinition(
                        table,
                        text.create(),
                        columns.getOrDefault(table, List.of()),
                        keys.getOrDefault(table, List.of()),
                        text.after()));
            }
        });
        return definitions;
    }

    /** Each with the views' indexes, triggers and comments; a view that another one reads comes first. */
    @Override
    public List<Definition> viewDefinitions(String schema, Collection<String> views) {
        if (views.isEmpty()) return List.of();
        var open = new LinkedHashMap<String, Definition>();
        var reads = new HashMap<String, List<String>>();
        query.within(
                schema,
                () -> query.each(
                        "views",
                        row -> {
                            String view = row.getString(1);
                            open.put(view, new Definition(view, "", row.getString(3), "", row.getString(2)));
                            reads.put(view, PostgresQuery.texts(row, 4));
                        },
                        schema,
                        views));
        var ordered = new ArrayList<Definition>();
        while (!open.isEmpty()) {
            var next = open.values().stream()
                    .filter(view ->
                            reads.getOrDefault(view.name(), List.of()).stream().noneMatch(open::containsKey))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("views read one another: " + open.keySet()));
            open.remove(next.name());
            ordered.add(next);
        }
        return ordered;
    }

    /** None: triggers stand among what completes a table. */
    @Override
    public List<Definition> triggerDefinitions(String schema, Collection<String> tables) {
        return List.of();
    }

    /**
     * Owners and grants of tables and views, unqualified. The name is the role's, empty for everybody, because a role of one
     * server need not be on another.
     */
    List<Definition> privileges(String schema, Collection<String> names) {
        var privileges = new ArrayList<Definition>();
        query.each(
                "privileges",
                row -> privileges.add(new Definition(row.getString(2), row.getString(1), row.getString(3), "", "")),
                schema,
                names);
        return privileges;
    }

    @Override
    public List<Needed> needs(String schema, Collection<String> names) {
        if (names.isEmpty()) return List.of();
        return described("needs", schema, names);
    }

    @Override
    public List<Needed> standing(List<Needed> needs) {
        if (needs.isEmpty()) return List.of();
        return described(
                "find",
                needs.stream().map(need -> need.kind().name()).toList(),
                needs.stream().map(Needed::name).toList());
    }

    private List<Needed> described(String question, Object... parameters) {
        var classes = new ArrayList<Long>();
        var objects = new ArrayList<Long>();
        query.each(
                question,
                row -> {
                    classes.add(row.getLong(1));
                    objects.add(row.getLong(2));
                },
                parameters);
        var needs = new ArrayList<Needed>();
        query.each(
                "describe",
                row -> needs.add(new Needed(Needed.Kind.valueOf(row.getString(1)), row.getString(2), row.getString(3))),
                classes,
                objects);
        return needs;
    }

    @Override
    public Structure structure(String schema, String prefix) {
        return new PostgresStructure(query, schema, prefix).read();
    }

    @Override
    public List<String> missingGrants(String schema, Part part) {
        var missing = new ArrayList<String>();
        query.each("lacks-reading", row -> missing.add(row.getString(1)), schema);
        if (part == Part.READ) return missing;
        missing.clear(); // who owns a table may read it
        query.each("lacks-replacing", row -> missing.add(row.getString(1)), schema, schema);
        return missing;
    }

    @Override
    public Findings examine(Needs needs) {
        var found = new ArrayList<PostgresExamination>();
        query.each(
                "examination",
                row -> found.add(new PostgresExamination(
                        row.getInt(1),
                        row.getBoolean(2),
                        row.getLong(3),
                        Duration.ofMillis(row.getLong(4) - System.currentTimeMillis()),
                        row.getInt(5) == connection.unwrap(PGConnection.class).getBackendPID(),
                        row.getString(6),
                        row.getLong(7))));
        return found.get(0).of(needs);
    }

    /** A value may have a gigabyte everywhere, and pages have one size. */
    @Override
    public Limits limits() {
        return new Limits(0, 0);
    }

    @Override
    public @Nullable Mark mark(String schema) {
        if (!tableNames(schema).contains(Mark.TABLE)) return null;
        var found = rows(
                "SELECT environment, server, place, to_char(marked AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'),"
                        + " marked_by FROM " + PostgresText.name(schema, Mark.TABLE) + " WHERE id = 1");
        if (found.isEmpty()) return null;
        var row = found.get(0);
        return new Mark(row.get(0), row.get(1), row.get(2), row.get(3), row.get(4));
    }

    @Override
    public List<List<String>> rows(String sql) {
        var rows = new ArrayList<List<String>>();
        query.eachOf(sql, result -> {
            int width = result.getMetaData().getColumnCount();
            var row = new ArrayList<String>(width);
            for (int i = 1; i <= width; i++) {
                String value = result.getString(i);
                row.add(value == null ? "" : value);
            }
            rows.add(row);
        });
        return rows;
    }

    /** With the type below a domain, for that is what values look like. */
    private Map<String, List<Column>> columns(String schema, @Nullable Collection<String> tables) {
        var columns = new HashMap<String, List<Column>>();
        query.each(
                "columns",
                row -> columns.computeIfAbsent(row.getString(1), table -> new ArrayList<>(12))
                        .add(new Column(
                                row.getString(2),
                                row.getString(3),
                                "",
                                row.getString(4),
                                !row.getString(5).isEmpty())),
                schema,
                tables);
        columns.replaceAll((table, list) -> List.copyOf(list));
        return columns;
    }

    /** Primary keys, else the first unique key whose columns are all there, whole and never NULL. */
    private Map<String, List<String>> keys(String schema, @Nullable Collection<String> tables) {
        var byTable = new HashMap<String, Map<String, List<String>>>();
        query.each(
                "keys",
                row -> byTable.computeIfAbsent(row.getString(1), table -> new LinkedHashMap<>())
                        .computeIfAbsent(row.getString(2), index -> new ArrayList<>(2))
                        .add(row.getString(3)),
                schema,
                tables);
        var keys = new HashMap<String, List<String>>();
        byTable.forEach((table, indexes) ->
                keys.put(table, List.copyOf(indexes.values().iterator().next())));
        return keys;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw PostgresFailure.of("closing a connection", e);
        }
    }
}
