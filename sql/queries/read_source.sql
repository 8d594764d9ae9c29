-- The sources that are named, to be shown by show_sources.sql.
-- $1 workspace_ids bigint[], $2 source_ids bigint[]
-- Relies on source_pkey.
SELECT s.*
FROM unnest($1::bigint[], $2::bigint[]) AS wanted (workspace_id, source_id)
JOIN hooklog.source AS s ON s.workspace_id = wanted.workspace_id
    AND s.source_id = wanted.source_id
