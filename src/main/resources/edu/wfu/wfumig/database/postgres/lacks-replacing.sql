-- Rights that are missing to replace tables of a schema, each as the GRANT to type: wfumig makes schemas of its own beside, and
-- only who owns a table, or is a member of the role that does, moves it.
SELECT 'GRANT CREATE ON DATABASE ' || quote_ident(current_database()) || ' TO ' || quote_ident(current_user), 0
WHERE NOT has_database_privilege(current_database(), 'CREATE')
UNION ALL
SELECT 'GRANT USAGE, CREATE ON SCHEMA ' || quote_ident(nspname) || ' TO ' || quote_ident(current_user), 1
FROM pg_namespace
WHERE nspname = ? AND NOT (has_schema_privilege(oid, 'USAGE') AND has_schema_privilege(oid, 'CREATE'))
UNION ALL
SELECT DISTINCT 'GRANT ' || quote_ident(pg_get_userbyid(c.relowner)) || ' TO ' || quote_ident(current_user), 2
FROM pg_class AS c
WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = ?)
    AND c.relkind IN ('r', 'v', 'm') AND NOT c.relispartition AND NOT pg_has_role(c.relowner, 'USAGE')
ORDER BY 2, 1
