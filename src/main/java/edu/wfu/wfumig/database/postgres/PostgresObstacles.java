package edu.wfu.wfumig.database.postgres;

import static edu.wfu.wfumig.database.postgres.PostgresRows.oids;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What a swap of tables would break, because it hangs on the very table and not on its name. */
final class PostgresObstacles {
    private static final String INSTEAD =
            "take it away for the run, or let the tables stay in place: truncateAndLoad()";

    private PostgresObstacles() {}

    /**
     * Refuses when there is any, all at once.
     *
     * @param tables that go, with their sequences
     * @param views over them, which are made again
     */
    static void refuse(Statement statement, Collection<Long> tables, Collection<Long> views) throws SQLException {
        if (tables.isEmpty()) return;
        var problems = new ArrayList<Problem>();
        var all = new ArrayList<>(tables);
        all.addAll(views);
        add(
                problems,
                "has row-level security",
                "no policies, because they would go aside with the table",
                PostgresRows.texts(
                        statement,
                        "SELECT oid::regclass::text FROM pg_class c WHERE oid = ANY(" + oids(tables)
                                + ") AND (relrowsecurity OR EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)) ORDER BY 1"));
        add(
                problems,
                "is replicated",
                "a table in no publication, because its subscribers would not see the new one",
                PostgresRows.texts(
                        statement,
                        "SELECT c.oid::regclass::text || ' (publication ' || string_agg(quote_ident(p.pubname), ', ') || ')'"
                                + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_publication_tables p"
                                + " ON p.schemaname = n.nspname AND p.tablename = c.relname WHERE c.oid = ANY("
                                + oids(tables)
                                + ") GROUP BY c.oid ORDER BY 1"));
        add(
                problems,
                "is part of an inheritance or is partitioned",
                "a table by itself",
                PostgresRows.texts(
                        statement,
                        "SELECT oid::regclass::text FROM pg_class c WHERE oid = ANY(" + oids(tables)
                                + ") AND (relkind = 'p' OR EXISTS (SELECT FROM pg_inherits i WHERE c.oid IN (i.inhrelid, i.inhparent)))"
                                + " ORDER BY 1"));
        add(
                problems,
                "hangs on the table",
                "views, rules and foreign keys, which are made again",
                PostgresRows.texts(statement, others(oids(all))));
        if (!problems.isEmpty()) throw new Refusal(Refusal.Kind.FAILED, problems);
    }

    private static void add(List<Problem> problems, String what, String expected, List<String> found) {
        for (String one : found) {
            problems.add(Problem.of(one + " " + what, expected, "the target is untouched", INSTEAD));
        }
    }

    /** Functions, types, policies, defaults and constraints of others that name a relation or its row type. */
    private static String others(String relations) {
        return "SELECT DISTINCT pg_describe_object(d.classid, d.objid, 0) || ' on ' ||"
                + " pg_describe_object(d.refclassid, d.refobjid, 0) FROM pg_depend d"
                + " LEFT JOIN pg_attrdef f ON d.classid = 'pg_attrdef'::regclass AND f.oid = d.objid"
                + " LEFT JOIN pg_constraint k ON d.classid = 'pg_constraint'::regclass AND k.oid = d.objid"
                + " LEFT JOIN pg_policy p ON d.classid = 'pg_policy'::regclass AND p.oid = d.objid"
                + " WHERE d.deptype = 'n' AND (d.refclassid = 'pg_class'::regclass AND d.refobjid = ANY(" + relations
                + ") OR d.refclassid = 'pg_type'::regclass AND d.refobjid IN (SELECT t.oid FROM pg_type t"
                + " LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'"
                + " WHERE COALESCE(e.typrelid, t.typrelid) = ANY(" + relations + ")))"
                + " AND (d.classid IN ('pg_proc'::regclass, 'pg_type'::regclass)"
                + " OR d.classid = 'pg_class'::regclass AND d.objid <> ALL(" + relations + ")"
                + " OR f.adrelid <> ALL(" + relations + ")"
                + " OR k.contype <> 'f' AND k.conrelid <> ALL(" + relations + ")"
                + " OR p.polrelid <> ALL(" + relations + ")) ORDER BY 1";
    }
}
