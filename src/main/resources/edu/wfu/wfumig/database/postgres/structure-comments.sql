-- On columns of tables.
SELECT t.relname, a.attname, d.description
FROM pg_description AS d
    JOIN pg_class AS t ON t.oid = d.objoid
    JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = d.objsubid
WHERE d.classoid = 'pg_class'::regclass AND d.objsubid > 0
    AND t.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = ?)
    AND t.relname = ANY (?::text[])
