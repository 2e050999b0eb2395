-- What is not in every version is looked for in the row as JSON.
SELECT t.relname, a.attname, base.typname,
    coalesce((SELECT c.collname FROM pg_collation AS c WHERE c.oid = a.attcollation AND c.collname <> 'default'), ''),
    a.attgenerated, a.attidentity,
    a.attnotnull AND NOT EXISTS (SELECT FROM pg_constraint AS n
        WHERE n.conrelid = t.oid AND n.contype = 'n' AND NOT n.convalidated AND n.conkey = ARRAY[a.attnum]),
    format_type(a.atttypid, a.atttypmod),
    CASE WHEN a.attcollation <> own.typcollation
        THEN (SELECT CASE WHEN pg_collation_is_visible(c.oid) THEN '' ELSE quote_ident(n.nspname) || '.' END || quote_ident(c.collname)
            FROM pg_collation AS c JOIN pg_namespace AS n ON n.oid = c.collnamespace WHERE c.oid = a.attcollation)
        ELSE '' END,
    coalesce(pg_get_expr(d.adbin, d.adrelid), ''),
    CASE WHEN a.attstorage = own.typstorage THEN '' ELSE
        CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'x' THEN 'EXTENDED' WHEN 'm' THEN 'MAIN' END END,
    CASE to_jsonb(a) ->> 'attcompression' WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' ELSE '' END,
    coalesce(nullif(to_jsonb(a) ->> 'attstattarget', '-1'), ''),
    coalesce((SELECT string_agg(quote_ident(o.option_name) || ' = ' || quote_literal(o.option_value), ', ' ORDER BY o.option_name)
        FROM pg_options_to_table(a.attoptions) AS o), '')
FROM pg_class AS t
    JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type AS own ON own.oid = a.atttypid
    CROSS JOIN LATERAL (
        WITH RECURSIVE below (oid, typname, typbasetype) AS (
            SELECT own.oid, own.typname, own.typbasetype
            UNION ALL
            SELECT b.oid, b.typname, b.typbasetype FROM below JOIN pg_type AS b ON b.oid = below.typbasetype)
        SELECT typname FROM below WHERE typbasetype = 0) AS base
    LEFT JOIN pg_attrdef AS d ON d.adrelid = t.oid AND d.adnum = a.attnum
WHERE t.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = ?)
    AND t.relkind = 'r' AND t.relname = ANY (coalesce(?::text[], ARRAY[t.relname::text]))
ORDER BY t.relname, a.attnum
