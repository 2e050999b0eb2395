-- Takes away the foreign keys of other tables of the same schema that refer to these.
SELECT format('ALTER TABLE %I.%I DROP CONSTRAINT %I', n.nspname, c.relname, k.conname)
FROM pg_constraint AS k
    JOIN pg_class AS c ON c.oid = k.conrelid
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
    JOIN pg_class AS p ON p.oid = k.confrelid AND p.relnamespace = n.oid
WHERE k.contype = 'f' AND n.nspname = ? AND p.relname = ANY (?::text[]) AND c.relname <> ALL (?::text[])
ORDER BY 1
