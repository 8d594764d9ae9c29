-- Makes a source with its first secret, which counts from the start, and tells the receivers.
-- $1 workspace_id bigint, $2 source_id bigint, $3 connector text, $4 name text, $5 settings jsonb, $6 sealed bytea,
-- $7 now timestamptz, $8 text of the source's id
-- → one row; none when the workspace does not exist
-- A name that the workspace has already fails with 23505 on source_name_key.
WITH made AS (
    INSERT INTO hooklog.source (workspace_id, source_id, connector, name, settings, created_at)
    SELECT w.workspace_id, $2, $3, $4, $5, $7
    FROM hooklog.workspace AS w
    WHERE w.workspace_id = $1
    RETURNING workspace_id, source_id, created_at
)
INSERT INTO hooklog.source_secret (workspace_id, source_id, secret_id, sealed, not_before, created_at)
SELECT m.workspace_id, m.source_id, 1, $6, '1970-01-01 00:00:00Z', m.created_at
FROM made AS m
RETURNING pg_notify('hooklog_source', $8);
