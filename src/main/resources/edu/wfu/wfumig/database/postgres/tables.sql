-- Ordinary tables by themselves: neither partitions nor what has them, and nothing that an extension made. See table-names.sql.
-- Before the first ANALYZE the statistics of the sessions are the better estimate.
SELECT t.relname, coalesce(am.amname, ''),
    CASE WHEN t.reltuples > 0 THEN t.reltuples::bigint ELSE coalesce(pg_stat_get_live_tuples(t.oid), 0) END,
    pg_total_relation_size(t.oid)
FROM pg_class AS t
    LEFT JOIN pg_am AS am ON am.oid = t.relam
WHERE t.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = ?)
    AND t.relkind = 'r' AND NOT t.relispartition AND t.reloftype = 0
    AND NOT EXISTS (SELECT FROM pg_depend AS e WHERE e.classid = 'pg_class'::regclass AND e.objid = t.oid AND e.deptype = 'e')
ORDER BY t.relname
