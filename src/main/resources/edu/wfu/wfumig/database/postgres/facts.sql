-- A standby has the system identifier of its primary: both hold the same database.
SELECT current_setting('server_version'),
    (SELECT system_identifier FROM pg_control_system()) || '/' || current_database(),
    has_database_privilege(current_database(), 'CREATE')
