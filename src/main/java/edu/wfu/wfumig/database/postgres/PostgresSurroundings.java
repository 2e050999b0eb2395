package edu.wfu.wfumig.database.postgres;

import static edu.wfu.wfumig.database.postgres.PostgresRows.oids;
import static edu.wfu.wfumig.database.postgres.PostgresText.literal;
import static edu.wfu.wfumig.database.postgres.PostgresText.name;

import edu.wfu.wfumig.database.postgres.PostgresSwap.Part;
import edu.wfu.wfumig.database.postgres.PostgresSwap.Place;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Looks at all that hangs on tables which are about to leave their places. Writes nothing. */
final class PostgresSurroundings {
    private final Statement statement;
    private final String live;

    /**
     * @param live the schema that people see
     */
    PostgresSurroundings(Statement statement, String live) {
        this.statement = statement;
        this.live = live;
    }

    /**
     * What is in the way is refused.
     *
     * @param places old tables and those that are to have their places
     * @param superseded views that others take the place of, by their quoted names
     */
    PostgresSwap look(List<Place> places, Set<String> superseded) throws SQLException {
        var old = places.stream().map(Place::old).filter(oid -> oid != 0).toList();
        var relations = withSequences(old);
        var views = new PostgresViews(statement);
        var over = views.over(relations, present(superseded));
        PostgresObstacles.refuse(statement, relations, over);
        var parts = new ArrayList<Part>();
        for (long view : over) parts.add(views.part(view, superseded));
        var rules = views.rules(over, List.of(), old);
        var bonds = bonds(old).stream().filter(bond -> !rules.contains(bond)).toList();
        return new PostgresSwap(places, rules, parts, bonds, given(places), aside(places), List.of(), List.of());
    }

    /** Whether nothing hangs on tables any more but these. For when they are locked. */
    boolean only(Collection<Long> tables, List<Part> bonds) throws SQLException {
        return new PostgresViews(statement)
                        .over(withSequences(tables), List.of())
                        .isEmpty()
                && bonds(tables).equals(bonds);
    }

    /** Foreign keys between tables and others, and rules. */
    List<Part> bonds(Collection<Long> tables) throws SQLException {
        var bonds = new ArrayList<>(keys(tables));
        bonds.addAll(new PostgresViews(statement).rules(withSequences(tables), tables, tables));
        return bonds;
    }

    private Set<Long> withSequences(Collection<Long> tables) throws SQLException {
        var relations = new LinkedHashSet<>(tables);
        for (var sequence : sequences(tables)) relations.add(sequence.oid());
        return relations;
    }

    private List<Long> present(Set<String> views) throws SQLException {
        if (views.isEmpty()) return List.of();
        String names = String.join(
                ",",
                views.stream().map(view -> "to_regclass(" + literal(view) + ")").toList());
        return PostgresRows.read(
                statement,
                "SELECT oid::bigint FROM pg_class WHERE relkind IN ('v', 'm') AND oid IN (" + names + ")",
                row -> row.getLong(1));
    }

    /** Extended statistics of a table, in quotes. */
    List<String> statistics(long table) throws SQLException {
        return PostgresRows.texts(
                statement,
                "SELECT quote_ident(stxname) FROM pg_statistic_ext WHERE stxrelid = " + table + " ORDER BY 1");
    }

    /** A sequence that belongs to a column. */
    private record Sequence(long oid, String name, long table, String column) {}

    private List<Sequence> sequences(Collection<Long> tables) throws SQLException {
        return PostgresRows.read(
                statement,
                "SELECT s.oid::bigint, s.relname, a.attrelid::bigint, a.attname FROM pg_depend d JOIN pg_class s ON s.oid = d.objid"
                        + " AND s.relkind = 'S' JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid"
                        + " WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass"
                        + " AND d.deptype IN ('a', 'i') AND d.refobjid = ANY(" + oids(tables)
                        + ") ORDER BY a.attrelid, a.attnum",
                row -> new Sequence(row.getLong(1), row.getString(2), row.getLong(3), row.getString(4)));
    }

    /**
     * Foreign keys between these tables and others. Those of others are made again. Those of the old tables are not while they
     * stand aside: rows that nobody sees would keep others from being deleted, or be deleted with them.
     */
    private List<Part> keys(Collection<Long> old) throws SQLException {
        var parts = new ArrayList<Part>();
        String sql =
                "SELECT k.conname, n.nspname, c.relname, pg_get_constraintdef(k.oid), k.conrelid = ANY(" + oids(old)
                        + "), has_table_privilege(k.confrelid, 'UPDATE, DELETE, TRUNCATE'), pn.nspname, p.relname,"
                        + " obj_description(k.oid, 'pg_constraint')"
                        + " FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
                        + " JOIN pg_class p ON p.oid = k.confrelid JOIN pg_namespace pn ON pn.oid = p.relnamespace"
                        + " WHERE k.contype = 'f' AND k.conparentid = 0 AND (k.confrelid = ANY(" + oids(old)
                        + ")) <> (k.conrelid = ANY(" + oids(old) + ")) ORDER BY n.nspname, c.relname, k.conname";
        try (var row = statement.executeQuery(sql)) {
            while (row.next()) {
                String table = name(row.getString(2), row.getString(3));
                String key = name(row.getString(1));
                var make = new ArrayList<String>();
                make.add("ALTER TABLE " + table + " ADD CONSTRAINT " + key + " " + row.getString(4));
                String comment = row.getString(9);
                boolean own = row.getBoolean(5);
                String parent = row.getBoolean(6) ? name(row.getString(7), row.getString(8)) : "";
                if (comment != null)
                    make.add("COMMENT ON CONSTRAINT " + key + " ON " + table + " IS " + literal(comment));
                parts.add(new Part(
                        own ? parent : table,
                        key + " of " + table,
                        "ALTER TABLE " + table + " DROP CONSTRAINT " + key,
                        own ? List.of() : make,
                        make));
            }
        }
        return parts;
    }

    /** Owner and grants of tables, and of the sequences of their columns. */
    private List<String> given(List<Place> places) throws SQLException {
        var access = new PostgresAccess(statement);
        var given = new ArrayList<String>();
        for (var place : places) {
            if (place.old() == 0 || place.brought() == 0) continue;
            given.addAll(access.given("TABLE", place.old(), name(live, place.table()), place.brought(), live));
            var both = sequences(List.of(place.old(), place.brought()));
            for (var sequence : both) {
                for (var other : both) {
                    boolean instead = sequence.table() == place.old()
                            && other.table() == place.brought()
                            && sequence.column().equals(other.column());
                    if (!instead) continue;
                    given.addAll(access.given("SEQUENCE", sequence.oid(), name(live, other.name()), other.oid(), live));
                }
            }
        }
        return given;
    }

    /** Triggers and rules that only the old tables have: the new ones are as they are at the source. */
    private List<String> aside(List<Place> places) throws SQLException {
        var aside = new ArrayList<String>();
        for (var place : places) {
            if (place.old() == 0) continue;
            aside.addAll(PostgresRows.texts(
                    statement,
                    "SELECT 'trigger ' || quote_ident(t.tgname) || ' of ' || " + literal(place.table())
                            + " FROM pg_trigger t WHERE t.tgrelid = " + place.old() + " AND NOT t.tgisinternal"
                            + " AND NOT EXISTS (SELECT FROM pg_trigger n WHERE n.tgrelid = " + place.brought()
                            + " AND n.tgname = t.tgname) UNION ALL SELECT 'rule ' || quote_ident(r.rulename) || ' of ' || "
                            + literal(place.table()) + " FROM pg_rewrite r WHERE r.ev_class = " + place.old()
                            + " AND NOT EXISTS (SELECT FROM pg_rewrite n WHERE n.ev_class = " + place.brought()
                            + " AND n.rulename = r.rulename) ORDER BY 1"));
        }
        return aside;
    }
}
