-- Types, sequences that no column owns, and routines; nothing that an extension made.
SELECT o.class::bigint, o.oid::bigint, o.name
FROM (
    SELECT 'pg_type'::regclass::oid AS class, y.oid, y.typname::text AS name, y.typnamespace AS namespace
    FROM pg_type AS y
    WHERE y.typtype IN ('e', 'd', 'r') OR y.typtype = 'c' AND (SELECT c.relkind FROM pg_class AS c WHERE c.oid = y.typrelid) = 'c'
    UNION ALL
    SELECT 'pg_class'::regclass, s.oid, s.relname::text, s.relnamespace
    FROM pg_class AS s
    WHERE s.relkind = 'S'
    UNION ALL
    SELECT 'pg_proc'::regclass, p.oid, p.proname::text, p.pronamespace
    FROM pg_proc AS p
) AS o
WHERE o.namespace = (SELECT oid FROM pg_namespace WHERE nspname = ?) AND starts_with(o.name, ?)
    AND NOT EXISTS (SELECT FROM pg_depend AS e WHERE e.classid = o.class AND e.objid = o.oid AND e.deptype IN ('e', 'i'))
