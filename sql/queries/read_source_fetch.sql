-- How fetching fares for a source.
-- $1 workspace_id bigint, $2 source_id bigint
-- → has_token boolean, waiting bigint, asked_at timestamptz, problem text
-- Relies on source_fetch_pkey and fetch_pkey.
SELECT
    w.source_id IS NOT NULL AS has_token,
    f.waiting,
    f.asked_at,
    coalesce(w.problem, f.problem) AS problem
FROM (
    SELECT count(*) AS waiting, min(f.asked_at) AS asked_at, max(f.problem) AS problem
    FROM hooklog.fetch AS f
    WHERE f.workspace_id = $1
        AND f.source_id = $2
) AS f
LEFT JOIN hooklog.source_fetch AS w ON w.workspace_id = $1 AND w.source_id = $2;
