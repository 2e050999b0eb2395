package edu.wfu.wfumig.database.mysql;

import static edu.wfu.wfumig.database.mysql.MysqlQuery.among;
import static edu.wfu.wfumig.database.mysql.MysqlQuery.text;
import static edu.wfu.wfumig.database.mysql.MysqlText.literal;
import static edu.wfu.wfumig.database.mysql.MysqlText.name;

import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.Catalogue;
import edu.wfu.wfumig.database.Definition;
import edu.wfu.wfumig.database.Findings;
import edu.wfu.wfumig.database.Mark;
import edu.wfu.wfumig.database.Needs;
import edu.wfu.wfumig.database.TableDefinition;
import edu.wfu.wfumig.inventory.Column;
import edu.wfu.wfumig.inventory.ForeignKey;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads information_schema and SHOW CREATE. Source: MySQL manual, chapter "INFORMATION_SCHEMA Tables". */
final class MysqlCatalogue implements Catalogue {
    private static final Pattern DEFINER = Pattern.compile("DEFINER=(`(?:[^`]|``)*`@`(?:[^`]|``)*`) ");

    private final Connection connection;
    private final MysqlQuery query;
    private final String user;

    MysqlCatalogue(Connection connection, String place, String user) {
        this.connection = connection;
        this.user = user;
        query = new MysqlQuery(connection, place);
    }

    @Override
    public ServerFacts facts() {
        var row = rows("SELECT VERSION(), @@version_comment, @@local_infile, @@hostname, @@datadir")
                .get(0);
        String version = row.get(0);
        boolean mariadb = MysqlQuery.mariadb(version, row.get(1));
        var collations = new TreeSet<String>();
        rows("SELECT collation_name FROM information_schema.collations").forEach(r -> collations.add(r.get(0)));
        if (mariadb) {
            // uca1400 collations are listed without the charset they apply to
            rows("SELECT full_collation_name FROM information_schema.collation_character_set_applicability")
                    .forEach(r -> collations.add(r.get(0)));
        }
        var engines = new TreeSet<String>();
        rows("SELECT engine FROM information_schema.engines WHERE support IN ('YES','DEFAULT')")
                .forEach(r -> engines.add(r.get(0)));
        return new ServerFacts(
                mariadb ? "MariaDB" : "MySQL",
                version.replaceFirst("^5\\.5\\.5-", "").replaceFirst("-.*", ""),
                row.get(3) + ":" + row.get(4),
                Set.copyOf(collations),
                Set.copyOf(engines),
                row.get(2).equals("1"),
                grants().createsSchemas());
    }

    @Override
    public boolean readOnly() {
        return !rows("SELECT @@global.read_only").get(0).get(0).equals("0");
    }

    @Override
    public boolean hasSchema(String schema) {
        return !rows("SELECT 1 FROM information_schema.schemata WHERE schema_name = " + literal(schema))
                .isEmpty();
    }

    @Override
    public List<Table> tables(String schema) {
        Map<String, List<Column>> columns = new MysqlShapes(query, schema).columns(null);
        Map<String, List<String>> keys = new MysqlShapes(query, schema).keys(null);
        var shapes = new HashMap<Table.Shape, Table.Shape>();
        var tables = new ArrayList<Table>();
        query.each(
                "SELECT table_name, engine, table_collation, table_rows, data_length + index_length"
                        + " FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND table_schema = "
                        + literal(schema) + " ORDER BY table_name",
                row -> {
                    String table = row.getString(1);
                    var shape = new Table.Shape(
                            columns.getOrDefault(table, List.of()), keys.getOrDefault(table, List.of()));
                    var shared = shapes.putIfAbsent(shape, shape);
                    tables.add(new Table(
                            table,
                            text(row, 2).intern(),
                            text(row, 3).intern(),
                            row.getLong(4),
                            row.getLong(5),
                            shared == null ? shape : shared));
                });
        return tables;
    }

    @Override
    public List<String> tableNames(String schema) {
        return rows("SELECT table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE'"
                        + " AND table_schema = " + literal(schema) + " ORDER BY table_name")
                .stream()
                .map(row -> row.get(0))
                .toList();
    }

    @Override
    public Set<String> present(String schema, Collection<String> tables) {
        return rows(among(
                        tables,
                        "SELECT table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND table_schema = "
                                + literal(schema),
                        "table_name"))
                .stream()
                .map(row -> row.get(0))
                .collect(Collectors.toSet());
    }

    @Override
    public List<String> views(String schema) {
        return rows("SELECT table_name FROM information_schema.tables WHERE table_type = 'VIEW' AND table_schema = "
                        + literal(schema) + " ORDER BY table_name")
                .stream()
                .map(row -> row.get(0))
                .toList();
    }

    @Override
    public List<Trigger> triggers(String schema) {
        return triggers(schema, null);
    }

    /** @param tables those that triggers are asked of; null for all */
    List<Trigger> triggers(String schema, @Nullable Collection<String> tables) {
        String select = "SELECT trigger_name, event_object_table FROM information_schema.triggers"
                + " WHERE event_object_schema = " + literal(schema);
        return rows(among(tables, select, "event_object_table") + " ORDER BY trigger_name").stream()
                .map(row -> new Trigger(row.get(0), row.get(1)))
                .toList();
    }

    @Override
    public List<ForeignKey> foreignKeys(String schema) {
        return foreignKeys(schema, null);
    }

    /** @param tables those that have the keys; null for all */
    List<ForeignKey> foreignKeys(String schema, @Nullable Collection<String> tables) {
        String select = "SELECT constraint_name, table_name, referenced_table_name"
                + " FROM information_schema.referential_constraints WHERE constraint_schema = " + literal(schema);
        return rows(among(tables, select, "table_name") + " ORDER BY table_name, constraint_name").stream()
                .map(row -> new ForeignKey(row.get(0), row.get(1), row.get(2)))
                .toList();
    }

    @Override
    public List<TableDefinition> define(String schema, Collection<String> tables) {
        if (tables.isEmpty()) return List.of();
        use(schema);
        var shapes = new MysqlShapes(query, schema);
        var columns = shapes.columns(tables);
        var keys = shapes.keys(tables);
        var definitions = new ArrayList<TableDefinition>();
        for (String table : tables) {
            String create = rows("SHOW CREATE TABLE " + name(table)).get(0).get(1);
            definitions.add(new TableDefinition(
                    table,
                    create,
                    columns.getOrDefault(table, List.of()),
                    keys.getOrDefault(table, List.of()),
                    List.of()));
        }
        return definitions;
    }

    @Override
    public List<Definition> viewDefinitions(String schema, Collection<String> views) {
        use(schema);
        var open = new LinkedHashMap<String, Definition>();
        for (String view : views) {
            String create = rows("SHOW CREATE VIEW " + name(view)).get(0).get(1);
            var definer = DEFINER.matcher(create);
            String account = definer.find() ? definer.group(1) : "";
            String plain = definer.replaceFirst("").replace(name(schema) + ".", "");
            open.put(view, new Definition(view, "", plain, "", account));
        }
        // A view that another one reads comes first.
        var ordered = new ArrayList<Definition>();
        while (!open.isEmpty()) {
            var next = open.values().stream()
                    .filter(view -> open.keySet().stream()
                            .noneMatch(other ->
                                    !other.equals(view.name()) && view.create().contains(name(other))))
                    .findFirst()
                    .orElse(open.values().iterator().next());
            open.remove(next.name());
            ordered.add(next);
        }
        return ordered;
    }

    @Override
    public List<Definition> triggerDefinitions(String schema, Collection<String> tables) {
        if (tables.isEmpty()) return List.of();
        var definitions = new ArrayList<Definition>();
        String select = "SELECT trigger_name, event_object_table, action_timing, event_manipulation, action_statement,"
                + " sql_mode, definer, action_order FROM information_schema.triggers WHERE event_object_schema = "
                + literal(schema);
        query.each(
                among(tables, select, "event_object_table")
                        + " ORDER BY event_object_table, action_timing, event_manipulation, action_order",
                row -> definitions.add(new Definition(
                        row.getString(1),
                        row.getString(2),
                        "CREATE TRIGGER " + name(row.getString(1)) + " " + row.getString(3) + " " + row.getString(4)
                                + " ON " + name(row.getString(2)) + " FOR EACH ROW " + row.getString(5),
                        text(row, 6),
                        account(text(row, 7)))));
        return definitions;
    }

    @Override
    public Structure structure(String schema, String prefix) {
        return new MysqlStructure(query, schema, prefix).read();
    }

    /** {@code root@localhost} as a statement writes it. */
    private static String account(String definer) {
        int at = definer.lastIndexOf('@');
        return at < 0 ? "" : name(definer.substring(0, at)) + "@" + name(definer.substring(at + 1));
    }

    @Override
    public List<String> missingGrants(String schema, Part part) {
        return grants().missing(schema, part);
    }

    private MysqlGrants grants() {
        return new MysqlGrants(
                user, rows("SHOW GRANTS").stream().map(row -> row.get(0)).toList());
    }

    @Override
    public Findings examine(Needs needs) {
        var variables = new HashMap<String, String>();
        rows("SHOW GLOBAL VARIABLES").forEach(row -> variables.put(row.get(0).toLowerCase(Locale.ROOT), row.get(1)));
        // The account's own limit, where it has one.
        variables.put(
                "max_user_connections",
                rows("SELECT @@SESSION.max_user_connections").get(0).get(0));
        rows("SHOW GLOBAL STATUS LIKE 'Threads_connected'")
                .forEach(row -> variables.put("threads_connected", row.get(1)));
        long there = Long.parseLong(rows("SELECT CAST(UNIX_TIMESTAMP(UTC_TIMESTAMP(3)) * 1000 AS UNSIGNED)")
                .get(0)
                .get(0));
        var ahead = Duration.ofMillis(there - System.currentTimeMillis());
        return new MysqlExamination(facts(), variables, ahead, grants().superuser(), freeBytes()).of(needs);
    }

    /** What MariaDB's plugin DISKS says of the disk with the data; -1 where there is no such plugin or no right to ask. */
    private long freeBytes() {
        boolean told = !rows("SELECT 1 FROM information_schema.tables WHERE table_schema = 'information_schema'"
                        + " AND table_name = 'DISKS'")
                .isEmpty();
        if (!told) return -1;
        try {
            // The longest mount point that the data folder begins with is the one that it is on.
            var free = rows("SELECT available * 1024 FROM information_schema.disks WHERE INSTR(@@datadir, path) = 1"
                    + " ORDER BY LENGTH(path) DESC LIMIT 1");
            return free.isEmpty() ? -1 : Long.parseLong(free.get(0).get(0));
        } catch (Refusal denied) {
            return -1;
        }
    }

    @Override
    public Limits limits() {
        var row = rows("SELECT @@max_allowed_packet, @@innodb_page_size").get(0);
        return new Limits(Long.parseLong(row.get(0)), Long.parseLong(row.get(1)));
    }

    @Override
    public @Nullable Mark mark(String schema) {
        if (rows("SELECT 1 FROM information_schema.tables WHERE table_schema = " + literal(schema)
                        + " AND table_name = " + literal(Mark.TABLE))
                .isEmpty()) return null;
        var found = rows("SELECT environment, server, place, CONCAT(DATE_FORMAT(marked, '%Y-%m-%dT%H:%i:%s'), 'Z'),"
                + " marked_by FROM " + name(schema, Mark.TABLE) + " WHERE id = 1");
        if (found.isEmpty()) return null;
        var row = found.get(0);
        return new Mark(row.get(0), row.get(1), row.get(2), row.get(3), row.get(4));
    }

    @Override
    public List<List<String>> rows(String sql) {
        return query.rows(sql);
    }

    private void use(String schema) {
        try {
            connection.setCatalog(schema);
        } catch (SQLException e) {
            throw MysqlFailure.of("opening schema " + schema + " at " + query.place(), e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw MysqlFailure.of("closing a connection", e);
        }
    }
}
