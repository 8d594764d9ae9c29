-- The sealed secrets that count now or will, newest source first, for `hooklog doctor`.
-- $1 limit bigint
-- → workspace_id bigint, source_id bigint, secret_id bigint, sealed bytea
-- Relies on source_pkey and source_secret_pkey.
SELECT
    t.workspace_id,
    t.source_id,
    t.secret_id,
    t.sealed
FROM hooklog.source_secret AS t
INNER JOIN hooklog.source AS s ON s.workspace_id = t.workspace_id AND s.source_id = t.source_id
WHERE s.disabled_at IS NULL
    AND (t.expires_at IS NULL OR t.expires_at > clock_timestamp())
ORDER BY s.created_at DESC, t.secret_id DESC
LIMIT $1;
