-- The same tables by their names alone: to ask for sizes is to wait for whoever fills one.
SELECT t.relname
FROM pg_class AS t
WHERE t.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = ?)
    AND t.relkind = 'r' AND NOT t.relispartition AND t.reloftype = 0
    AND NOT EXISTS (SELECT FROM pg_depend AS e WHERE e.classid = 'pg_class'::regclass AND e.objid = t.oid AND e.deptype = 'e')
ORDER BY t.relname
