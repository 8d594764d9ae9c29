-- The workspaces in which a generation is behind the active one.
-- $1 projection text, $2 generation bigint
-- Returns a row per workspace. Relies on checkpoint_pkey.
SELECT b.workspace_id
FROM hooklog.behind_active($1::text, $2::bigint) AS b (workspace_id)
ORDER BY b.workspace_id
