-- How far every projection is in every workspace, for `hooklog status`.
-- → workspace text, head bigint, received_at timestamptz (of the head), projection text (null where none), state text,
--   is_stopped boolean, position bigint, lag_seconds double precision (the age of the oldest event not projected; null
--   when caught up), dead_letters bigint; by workspace and projection
-- Relies on checkpoint_pkey, dead_letter_pkey and event_pkey.
SELECT
    w.slug AS workspace,
    h.position AS head,
    h.received_at,
    c.projection,
    g.state,
    coalesce(c.retry_at IS NOT NULL, false) AS is_stopped,
    c.position,
    CASE WHEN c.position < h.position THEN
        (
            SELECT extract(epoch FROM clock_timestamp() - e.received_at)::double precision
            FROM hooklog.event AS e
            WHERE e.workspace_id = c.workspace_id
                AND e.position = c.position + 1
                AND e.received_at >= c.received_at
        )
    END AS lag_seconds,
    (
        SELECT count(*)
        FROM hooklog.dead_letter AS d
        WHERE d.workspace_id = c.workspace_id
            AND d.projection = c.projection
            AND d.generation = c.generation
            AND d.resolved_at IS NULL
    ) AS dead_letters
FROM hooklog.workspace AS w
CROSS JOIN LATERAL hooklog.head(w.workspace_id) AS h
LEFT JOIN (
    hooklog.checkpoint AS c
    INNER JOIN hooklog.projection_generation AS g
        ON g.projection = c.projection AND g.generation = c.generation AND g.state <> 'retired'
) ON c.workspace_id = w.workspace_id
ORDER BY w.slug, c.projection, g.state;
