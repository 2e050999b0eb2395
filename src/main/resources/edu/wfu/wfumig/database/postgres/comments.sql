-- On tables, their columns and the sequences that columns own.
SELECT t.relname,
    CASE
        WHEN d.objsubid > 0 THEN 'COLUMN ' || quote_ident(t.relname) || '.' || quote_ident(a.attname)
        ELSE 'TABLE ' || quote_ident(t.relname) END
    || ' IS ' || quote_literal(d.description)
FROM pg_description AS d
    JOIN pg_class AS t ON t.oid = d.objoid
    LEFT JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = d.objsubid
WHERE d.classoid = 'pg_class'::regclass
    AND t.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = ?)
    AND t.relkind = 'r' AND t.relname = ANY (coalesce(?::text[], ARRAY[t.relname::text]))
UNION ALL
SELECT t.relname, 'SEQUENCE ' || quote_ident(s.relname) || ' IS ' || quote_literal(obj_description(s.oid, 'pg_class'))
FROM pg_depend AS d
    JOIN pg_class AS s ON s.oid = d.objid AND s.relkind = 'S'
    JOIN pg_class AS t ON t.oid = d.refobjid
WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
    AND obj_description(s.oid, 'pg_class') IS NOT NULL
    AND t.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = ?)
    AND t.relkind = 'r' AND t.relname = ANY (coalesce(?::text[], ARRAY[t.relname::text]))
ORDER BY 1, 2
