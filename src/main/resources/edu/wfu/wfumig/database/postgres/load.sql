-- Sessions of other accounts show their state to all, though not their statements: only to members of pg_read_all_stats is
-- the state of superusers' sessions shown.
SELECT (SELECT count(*) FROM pg_stat_activity
        WHERE state = 'active' AND backend_type = 'client backend' AND pid <> ALL (?::int[])),
    pg_is_in_recovery(),
    CASE
        WHEN NOT pg_is_in_recovery() OR pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
        ELSE extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())
    END
