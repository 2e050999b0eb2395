-- What is said of a table as a whole.
SELECT t.relname, t.relpersistence = 'u',
    CASE WHEN am.amname <> 'heap' THEN am.amname ELSE '' END,
    coalesce((SELECT string_agg(o.option_name || ' = ' || quote_literal(o.option_value), ', ' ORDER BY o.option_name)
        FROM pg_options_to_table(t.reloptions) AS o), ''),
    coalesce((SELECT string_agg('toast.' || o.option_name || ' = ' || quote_literal(o.option_value), ', ' ORDER BY o.option_name)
        FROM pg_class AS toast, pg_options_to_table(toast.reloptions) AS o WHERE toast.oid = t.reltoastrelid), ''),
    CASE t.relreplident
        WHEN 'f' THEN 'FULL'
        WHEN 'n' THEN 'NOTHING'
        WHEN 'i' THEN (SELECT 'USING INDEX ' || quote_ident(k.relname)
            FROM pg_index AS i JOIN pg_class AS k ON k.oid = i.indexrelid WHERE i.indrelid = t.oid AND i.indisreplident)
        ELSE '' END,
    coalesce((SELECT quote_ident(k.relname)
        FROM pg_index AS i JOIN pg_class AS k ON k.oid = i.indexrelid WHERE i.indrelid = t.oid AND i.indisclustered), '')
FROM pg_class AS t
    LEFT JOIN pg_am AS am ON am.oid = t.relam
WHERE t.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = ?)
    AND t.relkind = 'r' AND t.relname = ANY (coalesce(?::text[], ARRAY[t.relname::text]))
