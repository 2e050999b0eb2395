-- Tables of all kinds and their comments, and the names of all that a prefix may be of; nothing that an extension made.
SELECT t.relname, t.relkind IN ('r', 'p', 'f'),
    CASE t.relkind WHEN 'p' THEN 'PARTITION BY ' || pg_get_partkeydef(t.oid) WHEN 'f' THEN 'foreign' ELSE '' END
    || CASE WHEN t.relispartition THEN 'partition ' || pg_get_expr(t.relpartbound, t.oid) ELSE '' END,
    coalesce(obj_description(t.oid, 'pg_class'), '')
FROM pg_class AS t
WHERE t.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = ?)
    AND t.relkind IN ('r', 'p', 'f', 'v', 'm') AND starts_with(t.relname::text, ?)
    AND NOT EXISTS (SELECT FROM pg_depend AS e WHERE e.classid = 'pg_class'::regclass AND e.objid = t.oid AND e.deptype = 'e')
ORDER BY t.relname
