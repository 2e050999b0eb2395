-- Who owns the tables and who else may what, role by role; 'public' in quotes would be a role of that name.
WITH tables AS (
    SELECT * FROM pg_class AS t
    WHERE t.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = ?)
        AND t.relkind IN ('r', 'v', 'm') AND t.relname = ANY (coalesce(?::text[], ARRAY[t.relname::text]))
), granted AS (
    SELECT t.relname, g.grantee, g.privilege_type, g.is_grantable, '' AS attname, 0 AS attnum
    FROM tables AS t, aclexplode(t.relacl) AS g WHERE g.grantee <> t.relowner
    UNION ALL
    SELECT t.relname, g.grantee, g.privilege_type, g.is_grantable, ' (' || quote_ident(a.attname) || ')', a.attnum
    FROM tables AS t JOIN pg_attribute AS a ON a.attrelid = t.oid AND NOT a.attisdropped, aclexplode(a.attacl) AS g
)
SELECT relname, pg_get_userbyid(relowner), 'ALTER TABLE ' || quote_ident(relname) || ' OWNER TO ' || quote_ident(pg_get_userbyid(relowner)), 0
FROM tables
UNION ALL
SELECT relname, CASE grantee WHEN 0 THEN '' ELSE pg_get_userbyid(grantee) END,
    'GRANT ' || string_agg(privilege_type || attname, ', ' ORDER BY attnum, privilege_type) || ' ON TABLE ' || quote_ident(relname)
    || ' TO ' || CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END
    || CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END, 1
FROM granted
GROUP BY relname, grantee, is_grantable
ORDER BY 1, 4, 2, 3
