-- The settings that decide whether a run can work here, in one row. A limit of -1 is none.
SELECT current_setting('server_version_num')::integer,
    pg_is_in_recovery() OR current_setting('default_transaction_read_only')::boolean,
    least(
        current_setting('max_connections')::bigint - current_setting('superuser_reserved_connections')::bigint
            - (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),
        CASE WHEN d.datconnlimit < 0 THEN 1000000
            ELSE d.datconnlimit - (SELECT count(*) FROM pg_stat_activity AS a WHERE a.datid = d.oid AND a.backend_type = 'client backend') END,
        CASE WHEN r.rolconnlimit < 0 THEN 1000000
            ELSE r.rolconnlimit - (SELECT count(*) FROM pg_stat_activity AS a WHERE a.usesysid = r.oid AND a.backend_type = 'client backend') END),
    (extract(epoch FROM clock_timestamp()) * 1000)::bigint,
    pg_backend_pid(),
    pg_encoding_to_char(d.encoding),
    current_setting('max_locks_per_transaction')::bigint
        * (current_setting('max_connections')::bigint + current_setting('max_prepared_transactions')::bigint)
FROM pg_database AS d, pg_roles AS r
WHERE d.datname = current_database() AND r.rolname = current_user
