-- The workspaces that the active generation of a projection has begun to read.
-- $1 projection text
-- Returns a row per workspace. Relies on checkpoint_pkey.
SELECT
    c.workspace_id,
    c.generation
FROM hooklog.active_generation($1) AS g
JOIN hooklog.checkpoint AS c ON c.projection = g.projection AND c.generation = g.generation
ORDER BY c.workspace_id
