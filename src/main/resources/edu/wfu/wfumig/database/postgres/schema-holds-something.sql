SELECT EXISTS (SELECT FROM pg_depend
    WHERE refclassid = 'pg_namespace'::regclass
    AND refobjid = (SELECT oid FROM pg_namespace WHERE nspname = ?))
