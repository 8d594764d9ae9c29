-- How many objects wait to be fetched in all workspaces, and since when the oldest does, for monitoring.
-- → waiting bigint, failing bigint, age double precision (seconds; 0 when none waits)
-- What fails by itself for long counts as failing only, or the age would say no more of the rest.
-- Objects of sources that are disabled or not configured do not count: nobody tries to fetch them.
-- Reads the whole of fetch, which holds what waits only. Relies on source_pkey and source_fetch_pkey.
SELECT
    count(*) AS waiting,
    count(*) FILTER (WHERE f.attempts > 1) AS failing,
    coalesce(extract(epoch FROM clock_timestamp() - min(f.asked_at) FILTER (WHERE f.attempts <= 10)), 0)::double precision AS age
FROM hooklog.fetch AS f
INNER JOIN hooklog.source AS s ON s.workspace_id = f.workspace_id AND s.source_id = f.source_id
INNER JOIN hooklog.source_fetch AS w ON w.workspace_id = f.workspace_id AND w.source_id = f.source_id
WHERE s.disabled_at IS NULL;
