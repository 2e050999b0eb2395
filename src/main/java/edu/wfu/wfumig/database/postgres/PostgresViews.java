package edu.wfu.wfumig.database.postgres;

import static edu.wfu.wfumig.database.postgres.PostgresText.name;

import edu.wfu.wfumig.database.postgres.PostgresSwap.Part;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Views over tables, as the statements that make them again with all that is theirs: options, owner, grants, comments, defaults,
 * rules, triggers; of a materialized one its indexes and, when it had any, its rows.
 */
final class PostgresViews {
    private final Statement statement;

    PostgresViews(Statement statement) {
        this.statement = statement;
    }

    /**
     * Views over any of {@code relations}, and views over those, each behind what it needs.
     *
     * @param more views that are among them, whatever they are over
     */
    List<Long> over(Collection<Long> relations, Collection<Long> more) throws SQLException {
        var readBy = new HashMap<Long, Set<Long>>();
        var needs = new HashMap<Long, Set<Long>>();
        String sql = "SELECT DISTINCT r.ev_class::bigint, d.refobjid::bigint FROM pg_rewrite r JOIN pg_depend d"
                + " ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass"
                + " AND d.refobjid <> r.ev_class JOIN pg_class c ON c.oid = r.ev_class AND c.relkind IN ('v', 'm')"
                + " WHERE r.rulename = '_RETURN' AND d.refobjid >= 16384";
        try (var row = statement.executeQuery(sql)) {
            while (row.next()) {
                readBy.computeIfAbsent(row.getLong(2), it -> new TreeSet<>()).add(row.getLong(1));
                needs.computeIfAbsent(row.getLong(1), it -> new TreeSet<>()).add(row.getLong(2));
            }
        }
        var found = new TreeSet<>(more);
        relations.forEach(relation -> find(relation, readBy, found));
        more.forEach(view -> find(view, readBy, found));
        var ordered = new LinkedHashSet<Long>();
        found.forEach(view -> order(view, needs, found, ordered));
        return List.copyOf(ordered);
    }

    private static void find(long relation, Map<Long, Set<Long>> readBy, Set<Long> found) {
        for (long view : readBy.getOrDefault(relation, Set.of())) {
            if (found.add(view)) find(view, readBy, found);
        }
    }

    private static void order(long view, Map<Long, Set<Long>> needs, Set<Long> found, Set<Long> ordered) {
        if (ordered.contains(view)) return;
        for (long needed : needs.getOrDefault(view, Set.of())) {
            if (found.contains(needed)) order(needed, needs, found, ordered);
        }
        ordered.add(view);
    }

    private record View(
            String schema, String name, boolean materialized, boolean filled, String options, String query) {
        String kind() {
            return materialized ? "MATERIALIZED VIEW" : "VIEW";
        }

        String quoted() {
            return PostgresText.name(schema, name);
        }
    }

    /**
     * @param superseded whether a view is not made again over the new tables, by its quoted name
     */
    Part part(long oid, Set<String> superseded) throws SQLException {
        var view = PostgresRows.read(
                        statement,
                        "SELECT n.nspname, c.relname, c.relkind = 'm', c.relispopulated,"
                                + " (SELECT string_agg(format('%s=%L', option_name, option_value), ', ')"
                                + " FROM pg_options_to_table(c.reloptions)), rtrim(pg_get_viewdef(c.oid), ';')"
                                + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = " + oid,
                        row -> new View(
                                row.getString(1),
                                row.getString(2),
                                row.getBoolean(3),
                                row.getBoolean(4),
                                row.getString(5) == null ? "" : row.getString(5),
                                row.getString(6)))
                .get(0);
        String quoted = view.quoted();
        var make = new ArrayList<String>();
        make.add("CREATE " + view.kind() + " " + quoted
                + (view.options().isEmpty() ? "" : " WITH (" + view.options() + ")") + " AS " + view.query()
                + (view.materialized() && !view.filled() ? " WITH NO DATA" : ""));
        make.addAll(belongings(oid, view.kind(), quoted));
        make.addAll(new PostgresAccess(statement).given(view.kind(), oid, quoted, 0, view.schema()));
        var forward = superseded.contains(quoted) ? List.<String>of() : make;
        return new Part("", quoted, "DROP " + view.kind() + " " + quoted, forward, make);
    }

    private List<String> belongings(long oid, String kind, String quoted) throws SQLException {
        // What one of them says of itself begins with a number by which they are put in order.
        return PostgresRows.texts(
                        statement,
                        "SELECT made FROM ("
                                + "SELECT 1 AS rank, indexrelid::bigint AS place, pg_get_indexdef(indexrelid) AS made"
                                + " FROM pg_index WHERE indrelid = " + oid
                                + " UNION ALL SELECT 2, objsubid, CASE objsubid WHEN 0 THEN '" + kind
                                + " ' ELSE 'COLUMN ' END || " + PostgresText.literal(quoted)
                                + " || COALESCE('.' || quote_ident(a.attname), '') || ' IS ' || quote_literal(description)"
                                + " FROM pg_description LEFT JOIN pg_attribute a ON a.attrelid = objoid AND a.attnum = objsubid"
                                + " AND objsubid > 0 WHERE classoid = 'pg_class'::regclass AND objoid = " + oid
                                + " UNION ALL SELECT 3, adnum, 'ALTER VIEW ' || " + PostgresText.literal(quoted)
                                + " || ' ALTER COLUMN ' || quote_ident(attname) || ' SET DEFAULT ' || pg_get_expr(adbin, adrelid)"
                                + " FROM pg_attrdef JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum WHERE adrelid = "
                                + oid
                                + " UNION ALL SELECT 4, oid::bigint, pg_get_ruledef(oid) FROM pg_rewrite"
                                + " WHERE rulename <> '_RETURN' AND ev_class = " + oid
                                + " UNION ALL SELECT 5, oid::bigint, pg_get_triggerdef(oid) FROM pg_trigger"
                                + " WHERE NOT tgisinternal AND tgrelid = " + oid
                                + ") belongings ORDER BY rank, place")
                .stream()
                .map(made -> made.startsWith(kind + " ") || made.startsWith("COLUMN ") ? "COMMENT ON " + made : made)
                .toList();
    }

    /**
     * Rules outside of views.
     *
     * @param relations any of which they read or write
     * @param on tables whose rules they are in any case
     * @param own tables whose rules go aside with them
     */
    List<Part> rules(Collection<Long> relations, Collection<Long> on, Collection<Long> own) throws SQLException {
        var parts = new ArrayList<Part>();
        String sql = "SELECT DISTINCT r.oid, n.nspname, c.relname, r.rulename, pg_get_ruledef(r.oid), r.ev_class = ANY("
                + PostgresRows.oids(own) + ") FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class"
                + " AND c.relkind NOT IN ('v', 'm') JOIN pg_namespace n ON n.oid = c.relnamespace"
                + " JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid"
                + " AND d.refclassid = 'pg_class'::regclass WHERE r.rulename <> '_RETURN' AND (d.refobjid = ANY("
                + PostgresRows.oids(relations) + ") OR r.ev_class = ANY(" + PostgresRows.oids(on)
                + ")) ORDER BY r.oid";
        try (var row = statement.executeQuery(sql)) {
            while (row.next()) {
                String table = name(row.getString(2), row.getString(3));
                String rule = name(row.getString(4));
                var make = List.of(row.getString(5));
                parts.add(new Part(
                        table,
                        rule + " on " + table,
                        "DROP RULE " + rule + " ON " + table,
                        row.getBoolean(6) ? List.of() : make,
                        make));
            }
        }
        return parts;
    }
}
