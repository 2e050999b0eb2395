-- Views and materialized views, with what makes them whole; and the views that each of them reads.
SELECT v.relname, pg_get_userbyid(v.relowner),
    'CREATE ' || CASE v.relkind WHEN 'm' THEN 'MATERIALIZED ' ELSE '' END || 'VIEW ' || quote_ident(v.relname)
    || coalesce((SELECT ' WITH (' || string_agg(o.option_name || ' = ' || quote_literal(o.option_value), ', ' ORDER BY o.option_name) || ')'
        FROM pg_options_to_table(v.reloptions) AS o), '')
    || E' AS\n' || rtrim(pg_get_viewdef(v.oid), ';')
    || CASE WHEN v.relkind = 'm' AND NOT v.relispopulated THEN E'\nWITH NO DATA' ELSE '' END
    || coalesce((SELECT string_agg(E';\nALTER VIEW ' || quote_ident(v.relname) || ' ALTER COLUMN ' || quote_ident(a.attname)
            || ' SET DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '' ORDER BY a.attnum)
        FROM pg_attrdef AS d JOIN pg_attribute AS a ON a.attrelid = d.adrelid AND a.attnum = d.adnum WHERE d.adrelid = v.oid), '')
    || coalesce((SELECT string_agg(E';\n' || index.head || quote_ident(v.relname)
            || substr(pg_get_indexdef(index.oid), length(index.head || made.place) + 1), '' ORDER BY index.relname)
        FROM (SELECT k.oid, k.relname, 'CREATE ' || CASE WHEN i.indisunique THEN 'UNIQUE ' ELSE '' END || 'INDEX '
                || quote_ident(k.relname) || ' ON ' AS head
            FROM pg_index AS i JOIN pg_class AS k ON k.oid = i.indexrelid WHERE i.indrelid = v.oid) AS index), '')
    || coalesce((SELECT string_agg(E';\n' || replace(pg_get_triggerdef(g.oid), ' ON ' || made.place || ' ', ' ON ' || quote_ident(v.relname) || ' '),
            '' ORDER BY g.tgname)
        FROM pg_trigger AS g WHERE g.tgrelid = v.oid AND NOT g.tgisinternal), '')
    || coalesce((SELECT string_agg(E';\nCOMMENT ON '
            || CASE WHEN d.objsubid > 0 THEN 'COLUMN ' || quote_ident(v.relname) || '.' || quote_ident(a.attname)
                WHEN v.relkind = 'm' THEN 'MATERIALIZED VIEW ' || quote_ident(v.relname)
                ELSE 'VIEW ' || quote_ident(v.relname) END
            || ' IS ' || quote_literal(d.description), '' ORDER BY d.objsubid)
        FROM pg_description AS d LEFT JOIN pg_attribute AS a ON a.attrelid = v.oid AND a.attnum = d.objsubid
        WHERE d.classoid = 'pg_class'::regclass AND d.objoid = v.oid), ''),
    ARRAY(SELECT DISTINCT other.relname
        FROM pg_rewrite AS r
            JOIN pg_depend AS d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass
            JOIN pg_class AS other ON other.oid = d.refobjid
        WHERE r.ev_class = v.oid AND other.oid <> v.oid AND other.relkind IN ('v', 'm') AND other.relnamespace = v.relnamespace)
FROM pg_class AS v
    JOIN pg_namespace AS n ON n.oid = v.relnamespace
    CROSS JOIN LATERAL (SELECT quote_ident(n.nspname) || '.' || quote_ident(v.relname) AS place) AS made
WHERE n.nspname = ? AND v.relkind IN ('v', 'm')
    AND v.relname = ANY (coalesce(?::text[], ARRAY[v.relname::text]))
    AND NOT EXISTS (SELECT FROM pg_depend AS e WHERE e.classid = 'pg_class'::regclass AND e.objid = v.oid AND e.deptype = 'e')
ORDER BY v.relname
