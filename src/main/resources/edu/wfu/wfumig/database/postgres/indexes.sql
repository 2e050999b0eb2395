-- The server always names the table with its schema here, behind a beginning of known length; that is taken away again.
-- A constraint's definition is silent about the options of its index.
SELECT t.relname, k.relname,
    CASE WHEN c.oid IS NULL
        THEN made.head || quote_ident(t.relname)
            || substr(pg_get_indexdef(k.oid), length(made.head || quote_ident(n.nspname) || '.' || quote_ident(t.relname)) + 1)
        ELSE '' END,
    coalesce((SELECT 'ALTER INDEX ' || quote_ident(k.relname) || ' SET ('
            || string_agg(o.option_name || ' = ' || quote_literal(o.option_value), ', ' ORDER BY o.option_name) || ')'
        FROM pg_options_to_table(k.reloptions) AS o WHERE c.oid IS NOT NULL), ''),
    coalesce((SELECT string_agg('ALTER INDEX ' || quote_ident(k.relname) || ' ALTER COLUMN ' || a.attnum || ' SET STATISTICS '
            || (to_jsonb(a) ->> 'attstattarget'), E';\n' ORDER BY a.attnum)
        FROM pg_attribute AS a
        WHERE a.attrelid = k.oid AND i.indkey[a.attnum - 1] = 0 AND coalesce(to_jsonb(a) ->> 'attstattarget', '-1') <> '-1'), ''),
    coalesce(obj_description(k.oid, 'pg_class'), '')
FROM pg_index AS i
    JOIN pg_class AS t ON t.oid = i.indrelid
    JOIN pg_class AS k ON k.oid = i.indexrelid
    JOIN pg_namespace AS n ON n.oid = t.relnamespace
    LEFT JOIN pg_constraint AS c ON c.conindid = k.oid AND c.contype IN ('p', 'u', 'x')
    CROSS JOIN LATERAL (SELECT 'CREATE ' || CASE WHEN i.indisunique THEN 'UNIQUE ' ELSE '' END || 'INDEX ' || quote_ident(k.relname)
        || ' ON ' AS head) AS made
WHERE n.nspname = ?
    AND t.relkind = 'r' AND t.relname = ANY (coalesce(?::text[], ARRAY[t.relname::text]))
    AND i.indisvalid
ORDER BY t.relname, k.relname
