SELECT c.conname, t.relname, p.relname
FROM pg_constraint AS c
    JOIN pg_class AS t ON t.oid = c.conrelid
    JOIN pg_class AS p ON p.oid = c.confrelid
WHERE c.contype = 'f' AND c.conparentid = 0
    AND t.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = ?) AND p.relnamespace = t.relnamespace
ORDER BY t.relname, c.conname
