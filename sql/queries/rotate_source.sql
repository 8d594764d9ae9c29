-- Adds a secret that counts from now on, ends the older ones, and tells the receivers.
-- $1 workspace_id bigint, $2 source_id bigint, $3 secret_id bigint, $4 sealed bytea, $5 now timestamptz,
-- $6 when the older ones end timestamptz, $7 text of the source's id
-- Relies on source_secret_pkey.
WITH ended AS (
    UPDATE hooklog.source_secret AS k
    SET expires_at = $6
    WHERE k.workspace_id = $1
        AND k.source_id = $2
        AND (k.expires_at IS NULL OR k.expires_at > $6)
),
made AS (
    INSERT INTO hooklog.source_secret (workspace_id, source_id, secret_id, sealed, not_before, created_at)
    VALUES ($1, $2, $3, $4, $5, $5)
    RETURNING source_id
)
SELECT pg_notify('hooklog_source', $7)
FROM made;
