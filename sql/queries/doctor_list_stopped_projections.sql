-- The checkpoints that do not move because of an error, for `hooklog doctor`.
-- $1 limit bigint
-- → workspace text, projection text, state text, error text, sqlstate text, attempts integer
-- Reads checkpoint as a whole: one row per workspace and projection.
SELECT
    w.slug AS workspace,
    c.projection,
    g.state,
    coalesce(c.error, '') AS error,
    coalesce(c.sqlstate, '') AS sqlstate,
    c.attempts
FROM hooklog.checkpoint AS c
INNER JOIN hooklog.projection_generation AS g ON g.projection = c.projection AND g.generation = c.generation
INNER JOIN hooklog.workspace AS w ON w.workspace_id = c.workspace_id
WHERE g.state <> 'retired'
    AND c.retry_at IS NOT NULL
ORDER BY c.attempts DESC, w.slug, c.projection
LIMIT $1;
