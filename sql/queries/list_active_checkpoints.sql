-- The workspaces that the active generation of a projection has begun to read.
-- $1 projection text
-- Returns a row per workspace. Relies on checkpoint_pkey.
SELECT
    c.workspace_id,
    c.generation
FROM hooklog.checkpoint AS c
JOIN hooklog.projection_generation AS g
    ON g.projection = c.projection
    AND g.generation = c.generation
    AND g.state = 'active'
WHERE c.projection = $1::text
ORDER BY c.workspace_id
