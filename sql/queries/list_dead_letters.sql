-- The dead letters of active generations, in the order of workspace, projection and position.
-- $1 workspace bigint or NULL for all, $2 projection text or NULL for all, $3 unresolved boolean: only those
-- $4 after_workspace bigint, $5 after_projection text, $6 after_position bigint: the last one seen before
-- $7 max_rows integer
-- Returns a row per dead letter. Relies on dead_letter_pkey.
SELECT
    d.workspace_id,
    d.projection,
    d.position,
    d.reason,
    d.sqlstate,
    d.attempts,
    d.first_failed_at,
    d.last_failed_at,
    d.resolved_at,
    d.resolution
FROM hooklog.dead_letter AS d
JOIN hooklog.projection_generation AS g
    ON g.projection = d.projection
    AND g.generation = d.generation
    AND g.state = 'active'
WHERE ($1::bigint IS NULL OR d.workspace_id = $1::bigint)
    AND ($2::text IS NULL OR d.projection = $2::text)
    AND (NOT $3::boolean OR d.resolved_at IS NULL)
    AND (d.workspace_id, d.projection, d.position) > ($4::bigint, $5::text, $6::bigint)
ORDER BY d.workspace_id, d.projection, d.position
LIMIT $7::integer
