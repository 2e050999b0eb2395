-- Rights that are missing to read all tables of a schema, each as the GRANT to type. The account may not be able to use the
-- schema, but the catalogue is open to everybody.
WITH home AS (
    SELECT oid, nspname FROM pg_namespace WHERE nspname = ?
), relations AS (
    SELECT c.oid, c.relname, c.relkind, c.relowner, c.relrowsecurity, c.relforcerowsecurity
    FROM pg_class AS c JOIN home ON home.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'S') AND NOT c.relispartition
), unreadable AS (
    SELECT relname, relkind FROM relations
    WHERE NOT CASE relkind WHEN 'r' THEN has_table_privilege(oid, 'SELECT') ELSE has_sequence_privilege(oid, 'SELECT') END
)
SELECT 'GRANT USAGE ON SCHEMA ' || quote_ident(nspname) || ' TO ' || quote_ident(current_user), 0, ''
FROM home WHERE NOT has_schema_privilege(oid, 'USAGE')
UNION ALL
SELECT 'GRANT SELECT ON ' || CASE relkind WHEN 'r' THEN 'TABLE ' ELSE 'SEQUENCE ' END || quote_ident(nspname) || '.' || quote_ident(relname)
    || ' TO ' || quote_ident(current_user), 1, relname
FROM unreadable, home WHERE (SELECT count(*) FROM unreadable AS u WHERE u.relkind = unreadable.relkind) <= 3
UNION ALL
SELECT DISTINCT 'GRANT SELECT ON ALL ' || CASE relkind WHEN 'r' THEN 'TABLES' ELSE 'SEQUENCES' END || ' IN SCHEMA ' || quote_ident(nspname)
    || ' TO ' || quote_ident(current_user), 1, ''
FROM unreadable, home WHERE (SELECT count(*) FROM unreadable AS u WHERE u.relkind = unreadable.relkind) > 3
UNION ALL
SELECT 'ALTER ROLE ' || quote_ident(current_user) || ' BYPASSRLS', 2, ''
WHERE EXISTS (SELECT FROM relations WHERE relrowsecurity AND (relforcerowsecurity OR NOT pg_has_role(relowner, 'USAGE')))
    AND NOT (SELECT r.rolsuper OR r.rolbypassrls FROM pg_roles AS r WHERE r.rolname = current_user)
ORDER BY 2, 3, 1
