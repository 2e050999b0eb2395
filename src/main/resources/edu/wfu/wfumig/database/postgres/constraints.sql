-- Constraints other than NOT NULL, which stands at the column. Those that come from a parent are the table's own by now.
SELECT t.relname, c.conname, c.contype, c.convalidated,
    'CONSTRAINT ' || quote_ident(c.conname) || ' ' || pg_get_constraintdef(c.oid),
    coalesce(obj_description(c.oid, 'pg_constraint'), '')
FROM pg_constraint AS c
    JOIN pg_class AS t ON t.oid = c.conrelid
WHERE t.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = ?)
    AND t.relkind = 'r' AND t.relname = ANY (coalesce(?::text[], ARRAY[t.relname::text]))
    AND c.contype IN ('p', 'u', 'x', 'c', 'f')
ORDER BY t.relname, array_position(ARRAY['p', 'u', 'x', 'c', 'f'], c.contype::text), c.conname
