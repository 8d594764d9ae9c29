-- How many objects wait to be fetched in all workspaces, and since when the oldest does, for monitoring.
-- → waiting bigint, failing bigint, age double precision (seconds; 0 when none waits)
-- Reads the whole of fetch, which holds what waits only.
SELECT
    count(*) AS waiting,
    count(*) FILTER (WHERE f.attempts > 1) AS failing,
    coalesce(extract(epoch FROM clock_timestamp() - min(f.asked_at)), 0)::double precision AS age
FROM hooklog.fetch AS f;
