-- Values go out and come in as they are, names mean what is written, and nothing waits long for a table: whoever waits
-- for one blocks everybody behind. With row_security off a policy is an error, not a row that stays behind unseen.
-- Settings that a version does not know are left out.
SELECT count(pg_catalog.set_config(known.name, wanted.value, false))
FROM (VALUES
        ('search_path', ''),
        ('datestyle', 'ISO, MDY'),
        ('intervalstyle', 'iso_8601'),
        ('extra_float_digits', '3'),
        ('timezone', 'UTC'),
        ('lc_monetary', 'C'),
        ('bytea_output', 'hex'),
        ('xmlbinary', 'base64'),
        ('xmloption', 'content'),
        ('standard_conforming_strings', 'on'),
        ('backslash_quote', 'safe_encoding'),
        ('quote_all_identifiers', 'off'),
        ('row_security', 'off'),
        ('synchronize_seqscans', 'off'),
        ('check_function_bodies', 'off'),
        ('default_transaction_isolation', 'read committed'),
        ('statement_timeout', '0'),
        ('transaction_timeout', '0'),
        ('idle_in_transaction_session_timeout', '0'),
        ('idle_session_timeout', '0'),
        ('lock_timeout', '60s'),
        ('default_tablespace', ''),
        ('client_min_messages', 'warning'),
        -- Indexes are built by sorting, which 64 MB turn into many passes; and what is asked here is read once, not worth compiling.
        ('maintenance_work_mem',
            greatest(pg_catalog.pg_size_bytes(pg_catalog.current_setting('maintenance_work_mem')), 268435456) / 1024 || 'kB'),
        -- Several indexes are built side by side, each by one process: helpers would only take turns, and sort through the disk.
        ('max_parallel_maintenance_workers', '0'),
        ('jit', 'off')
    ) AS wanted (name, value)
    JOIN pg_catalog.pg_settings AS known ON pg_catalog.lower(known.name) = wanted.name
