-- How each projection does in each workspace.
-- $1 workspace bigint or NULL for all
-- Returns a row per workspace and projection. Reads the tables whole but for events; relies on event_pkey for these.
SELECT
    w.workspace_id,
    w.slug,
    h.head,
    g.projection,
    g.generation,
    g.version,
    coalesce(c.position, 0) AS "position",
    greatest(0, h.head - coalesce(c.position, 0)) AS lag,
    coalesce(
        (
            SELECT greatest(0, extract(epoch FROM clock_timestamp() - e.received_at))
            FROM hooklog.event AS e
            WHERE e.workspace_id = w.workspace_id
                AND e.position = coalesce(c.position, 0) + 1
                AND e.received_at >= coalesce(c.received_at, '-infinity')
        ), 0)::double precision AS lag_seconds,
    (
        SELECT count(*)
        FROM hooklog.dead_letter AS d
        WHERE d.workspace_id = w.workspace_id
            AND d.projection = g.projection
            AND d.generation = g.generation
            AND d.resolved_at IS NULL
    ) AS dead_letters,
    CASE
        WHEN c.position > h.head THEN 'beyond_log'
        WHEN c.error IS NOT NULL THEN 'stopped'
        WHEN b.generation IS NOT NULL THEN 'rebuilding'
        WHEN coalesce(c.position, 0) < h.head THEN 'catching_up'
        ELSE 'live'
    END AS state,
    c.error,
    c.sqlstate,
    c.retry_at,
    b.generation AS build_generation,
    bc.position AS build_position,
    bc.error AS build_error
FROM hooklog.workspace AS w
CROSS JOIN LATERAL (
    SELECT coalesce(
        (SELECT e.position FROM hooklog.last_event(l.workspace_id, l.floor_position, l.floor_received_at) AS e),
        l.floor_position) AS head
    FROM hooklog.log_head AS l
    WHERE l.workspace_id = w.workspace_id
) AS h
JOIN hooklog.projection_generation AS g ON g.state = 'active'
LEFT JOIN hooklog.checkpoint AS c
    ON c.workspace_id = w.workspace_id
    AND c.projection = g.projection
    AND c.generation = g.generation
LEFT JOIN hooklog.projection_generation AS b ON b.projection = g.projection AND b.state = 'building'
LEFT JOIN hooklog.checkpoint AS bc
    ON bc.workspace_id = w.workspace_id
    AND bc.projection = b.projection
    AND bc.generation = b.generation
WHERE $1::bigint IS NULL
    OR w.workspace_id = $1::bigint
ORDER BY w.workspace_id, g.projection
