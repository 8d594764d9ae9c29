-- The sources of a workspace, to be shown by show_sources.sql.
-- $1 workspace_id bigint
-- Relies on source_pkey.
SELECT s.*
FROM hooklog.source AS s
WHERE s.workspace_id = $1
