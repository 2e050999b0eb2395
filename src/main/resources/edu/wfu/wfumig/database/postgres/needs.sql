-- What tables and views are made of and that stands outside of them, by following what the server knows to depend on what:
-- from a table to its columns' types, and from its defaults, constraints, indexes, triggers and statistics to theirs. What a
-- view reads beside them is told, and not followed: it is not to be made.
WITH RECURSIVE relations AS (
    SELECT c.oid FROM pg_class AS c
    WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = ?)
        AND c.relkind IN ('r', 'v', 'm') AND c.relname = ANY (?::text[])
), parts (classid, objid) AS (
    SELECT 'pg_class'::regclass::oid, oid FROM relations
    UNION ALL SELECT 'pg_attrdef'::regclass::oid, d.oid FROM pg_attrdef AS d JOIN relations AS r ON r.oid = d.adrelid
    UNION ALL SELECT 'pg_constraint'::regclass::oid, c.oid FROM pg_constraint AS c JOIN relations AS r ON r.oid = c.conrelid
    UNION ALL SELECT 'pg_class'::regclass::oid, i.indexrelid FROM pg_index AS i JOIN relations AS r ON r.oid = i.indrelid
    UNION ALL SELECT 'pg_trigger'::regclass::oid, t.oid FROM pg_trigger AS t JOIN relations AS r ON r.oid = t.tgrelid WHERE NOT t.tgisinternal
    UNION ALL SELECT 'pg_statistic_ext'::regclass::oid, s.oid FROM pg_statistic_ext AS s JOIN relations AS r ON r.oid = s.stxrelid
    UNION ALL SELECT 'pg_rewrite'::regclass::oid, w.oid FROM pg_rewrite AS w JOIN relations AS r ON r.oid = w.ev_class
), needed (classid, objid) AS (
    SELECT classid, objid FROM parts
    UNION
    SELECT further.classid, further.objid
    FROM needed
        CROSS JOIN LATERAL (
            SELECT d.refclassid, d.refobjid FROM pg_depend AS d
            WHERE d.classid = needed.classid AND d.objid = needed.objid AND d.deptype <> 'e' AND d.refobjid >= 16384
                AND NOT (needed.classid = 'pg_class'::regclass AND needed.objid NOT IN (SELECT oid FROM relations)
                    AND (SELECT c.relkind FROM pg_class AS c WHERE c.oid = needed.objid) IN ('r', 'p', 'f', 'v', 'm'))
                AND (d.refclassid IN ('pg_type'::regclass, 'pg_proc'::regclass, 'pg_collation'::regclass, 'pg_opclass'::regclass,
                        'pg_operator'::regclass, 'pg_ts_config'::regclass, 'pg_ts_dict'::regclass, 'pg_am'::regclass)
                    OR d.refclassid = 'pg_class'::regclass
                        AND (SELECT c.relkind FROM pg_class AS c WHERE c.oid = d.refobjid)
                            = ANY (CASE WHEN needed.classid = 'pg_rewrite'::regclass THEN '{S,c,r,p,f,v,m}' ELSE '{S,c}' END::"char"[]))
            UNION ALL
            SELECT 'pg_constraint'::regclass, c.oid FROM pg_constraint AS c
            WHERE needed.classid = 'pg_type'::regclass AND c.contypid = needed.objid
            UNION ALL
            SELECT 'pg_class'::regclass, y.typrelid FROM pg_type AS y JOIN pg_class AS c ON c.oid = y.typrelid
            WHERE needed.classid = 'pg_type'::regclass AND y.oid = needed.objid AND c.relkind = 'c'
        ) AS further (classid, objid)
)
SELECT n.classid::bigint, n.objid::bigint
FROM needed AS n
WHERE NOT EXISTS (SELECT FROM parts AS p WHERE p.classid = n.classid AND p.objid = n.objid)
