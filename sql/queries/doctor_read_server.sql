-- What the server is and how durable its commits are, for `hooklog doctor`.
-- → version integer (as 150004), version_text text, role_name text, in_recovery boolean, fsync text,
--   synchronous_commit text, full_page_writes text, server_time timestamptz
SELECT
    current_setting('server_version_num')::integer AS version,
    current_setting('server_version') AS version_text,
    current_user::text AS role_name,
    pg_is_in_recovery() AS in_recovery,
    current_setting('fsync') AS fsync,
    current_setting('synchronous_commit') AS synchronous_commit,
    current_setting('full_page_writes') AS full_page_writes,
    clock_timestamp() AS server_time;
