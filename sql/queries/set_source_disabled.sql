-- Disables a source, or enables it with NULL, and tells the receivers. A source disabled again keeps its first time.
-- $1 workspace_id bigint, $2 source_id bigint, $3 disabled_at timestamptz or NULL, $4 text of the source's id
-- → one row; none when there is no such source
-- Relies on source_pkey.
UPDATE hooklog.source AS s
SET disabled_at = CASE WHEN $3::timestamptz IS NOT NULL THEN coalesce(s.disabled_at, $3) END
WHERE s.workspace_id = $1
    AND s.source_id = $2
RETURNING pg_notify('hooklog_source', $4);
