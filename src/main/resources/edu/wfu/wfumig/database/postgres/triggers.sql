-- The server always names the table with its schema here, and that is taken away again.
SELECT t.relname, g.tgname,
    replace(pg_get_triggerdef(g.oid), ' ON ' || quote_ident(n.nspname) || '.' || quote_ident(t.relname) || ' ', ' ON ' || quote_ident(t.relname) || ' ')
    || CASE g.tgenabled
        WHEN 'O' THEN ''
        ELSE E';\nALTER TABLE ' || quote_ident(t.relname)
            || CASE g.tgenabled WHEN 'D' THEN ' DISABLE' WHEN 'R' THEN ' ENABLE REPLICA' WHEN 'A' THEN ' ENABLE ALWAYS' END
            || ' TRIGGER ' || quote_ident(g.tgname) END
    || coalesce(E';\nCOMMENT ON TRIGGER ' || quote_ident(g.tgname) || ' ON ' || quote_ident(t.relname) || ' IS '
        || quote_literal(obj_description(g.oid, 'pg_trigger')), '')
FROM pg_trigger AS g
    JOIN pg_class AS t ON t.oid = g.tgrelid
    JOIN pg_namespace AS n ON n.oid = t.relnamespace
WHERE n.nspname = ?
    AND t.relkind = 'r' AND t.relname = ANY (coalesce(?::text[], ARRAY[t.relname::text]))
    AND NOT g.tgisinternal
ORDER BY t.relname, g.tgname
