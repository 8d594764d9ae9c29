-- Transactions that have been open for long, for `hooklog doctor`: they hold up vacuum, partitions and rebuilds.
-- $1 seconds double precision, $2 limit bigint
-- → process_id integer, role_name text, application text, seconds double precision
SELECT
    a.pid AS process_id,
    coalesce(a.usename::text, '') AS role_name,
    coalesce(a.application_name, '') AS application,
    extract(epoch FROM clock_timestamp() - a.xact_start)::double precision AS seconds
FROM pg_stat_activity AS a
WHERE a.backend_type = 'client backend'
    AND a.pid <> pg_backend_pid()
    AND a.xact_start < clock_timestamp() - make_interval(secs => $1)
ORDER BY a.xact_start
LIMIT $2;
