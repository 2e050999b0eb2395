SELECT t.relname,
    'CREATE STATISTICS ' || quote_ident(x.stxname) || substr(pg_get_statisticsobjdef(x.oid),
        length('CREATE STATISTICS ' || quote_ident(n.nspname) || '.' || quote_ident(x.stxname)) + 1)
    || CASE WHEN coalesce(to_jsonb(x) ->> 'stxstattarget', '-1') = '-1' THEN ''
        ELSE E';\nALTER STATISTICS ' || quote_ident(x.stxname) || ' SET STATISTICS ' || (to_jsonb(x) ->> 'stxstattarget') END
    || coalesce(E';\nCOMMENT ON STATISTICS ' || quote_ident(x.stxname) || ' IS ' || quote_literal(obj_description(x.oid, 'pg_statistic_ext')), '')
FROM pg_statistic_ext AS x
    JOIN pg_class AS t ON t.oid = x.stxrelid
    JOIN pg_namespace AS n ON n.oid = x.stxnamespace
WHERE t.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = ?)
    AND t.relkind = 'r' AND t.relname = ANY (coalesce(?::text[], ARRAY[t.relname::text]))
ORDER BY t.relname, x.stxname
