-- How far a generation is on its way to the active one of its projection.
-- $1 projection text, $2 generation bigint
-- Returns one row. Reads the projection's checkpoints; relies on checkpoint_pkey.
SELECT
    coalesce(sum(a.position), 0)::bigint AS events_total,
    coalesce(sum(least(coalesce(b.position, 0), a.position)), 0)::bigint AS events_done,
    count(*) FILTER (WHERE coalesce(b.position, 0) < a.position) AS workspaces_behind,
    count(*) FILTER (WHERE coalesce(b.position, 0) < a.position AND b.error IS NOT NULL) AS workspaces_stopped
FROM hooklog.checkpoint AS a
JOIN hooklog.projection_generation AS g
    ON g.projection = a.projection
    AND g.generation = a.generation
    AND g.state = 'active'
LEFT JOIN hooklog.checkpoint AS b
    ON b.workspace_id = a.workspace_id
    AND b.projection = a.projection
    AND b.generation = $2::bigint
WHERE a.projection = $1::text
