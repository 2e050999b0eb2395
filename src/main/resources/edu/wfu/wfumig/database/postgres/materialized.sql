SELECT EXISTS (SELECT FROM pg_class
    WHERE relkind = 'm' AND relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = ?) AND relname = ?)
