package edu.wfu.wfumig.database.postgres;

import static edu.wfu.wfumig.database.postgres.PostgresText.name;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who owns a relation and who may do what with it, as the statements that make another one the same. */
final class PostgresAccess {
    private final Statement statement;

    PostgresAccess(Statement statement) {
        this.statement = statement;
    }

    /** Owner, and whether anything was ever granted or revoked of the whole relation. */
    private record Standing(String owner, String account, boolean granted) {}

    /**
     * @param column in quotes; empty for the whole relation
     * @param grantee in quotes, or PUBLIC
     */
    private record Grant(String column, String grantee, boolean grantable) {}

    /**
     * The statements that give {@code target} what {@code from} has.
     *
     * @param kind {@code TABLE}, {@code SEQUENCE}, {@code VIEW} or {@code MATERIALIZED VIEW}
     * @param target in quotes, under the name that it will have then
     * @param now the oid of the target; 0 when it is yet to be made, by this account in schema {@code schema}
     */
    List<String> given(String kind, long from, String target, long now, String schema) throws SQLException {
        var statements = new ArrayList<String>();
        var standing = standing(from);
        var present = now == 0 ? null : standing(now);
        String owner = present == null ? standing.account() : present.owner();
        // A sequence that belongs to a column has its table's owner.
        if (!owner.equals(standing.owner()) && !kind.equals("SEQUENCE")) {
            statements.add("ALTER " + kind + " " + target + " OWNER TO " + standing.owner());
        }
        String object = (kind.equals("SEQUENCE") ? "SEQUENCE " : "TABLE ") + target;
        var strangers = now == 0 ? defaults(kind, schema) : grantees(now);
        boolean whole = standing.granted() || !strangers.isEmpty();
        if (whole) {
            strangers.add(standing.owner());
            for (String one : strangers) statements.add("REVOKE ALL ON " + object + " FROM " + one);
        }
        grants(from).forEach((grant, privileges) -> {
            // As long as nothing is granted of the whole, the catalogue says nothing of it.
            if (grant.column().isEmpty() && !whole) return;
            String what = String.join(
                    ", ",
                    privileges.stream()
                            .map(one -> grant.column().isEmpty() ? one : one + " (" + grant.column() + ")")
                            .toList());
            statements.add("GRANT " + what + " ON " + object + " TO " + grant.grantee()
                    + (grant.grantable() ? " WITH GRANT OPTION" : ""));
        });
        return statements;
    }

    private Standing standing(long oid) throws SQLException {
        String sql = "SELECT quote_ident(pg_get_userbyid(c.relowner)), quote_ident(current_user), c.relacl IS NOT NULL"
                + " FROM pg_class c WHERE c.oid = " + oid;
        return PostgresRows.read(
                        statement, sql, row -> new Standing(row.getString(1), row.getString(2), row.getBoolean(3)))
                .get(0);
    }

    /** In the order in which they were granted. */
    private Map<Grant, List<String>> grants(long oid) throws SQLException {
        String sql = "SELECT name, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END,"
                + " grantable, privilege FROM (SELECT '' AS name, 0 AS number, g.* FROM pg_class c,"
                + " aclexplode(COALESCE(c.relacl, acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::\"char\","
                + " c.relowner))) WITH ORDINALITY g(grantor, grantee, privilege, grantable, place)"
                + " WHERE c.oid = " + oid
                + " UNION ALL SELECT quote_ident(a.attname), a.attnum, g.* FROM pg_attribute a, aclexplode(a.attacl)"
                + " WITH ORDINALITY g(grantor, grantee, privilege, grantable, place)"
                + " WHERE a.attrelid = " + oid + " AND a.attnum > 0 AND NOT a.attisdropped) g ORDER BY number, place";
        var grants = new LinkedHashMap<Grant, List<String>>();
        try (var row = statement.executeQuery(sql)) {
            while (row.next()) {
                var grant = new Grant(row.getString(1), row.getString(2), row.getBoolean(3));
                grants.computeIfAbsent(grant, it -> new ArrayList<>()).add(row.getString(4));
            }
        }
        return grants;
    }

    private Set<String> grantees(long oid) throws SQLException {
        var grantees = new LinkedHashSet<String>();
        if (standing(oid).granted()) grants(oid).keySet().forEach(grant -> grantees.add(grant.grantee()));
        return grantees;
    }

    /** Who is granted something on whatever this account makes in a schema. */
    private Set<String> defaults(String kind, String schema) throws SQLException {
        String sql =
                "SELECT DISTINCT CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END"
                        + " FROM pg_default_acl d, aclexplode(d.defaclacl) g WHERE d.defaclrole = quote_ident(current_user)::regrole"
                        + " AND d.defaclobjtype = '" + (kind.equals("SEQUENCE") ? "S" : "r") + "'"
                        + " AND (d.defaclnamespace = 0 OR d.defaclnamespace = " + PostgresText.literal(name(schema))
                        + "::regnamespace)";
        return new LinkedHashSet<>(PostgresRows.texts(statement, sql));
    }
}
