-- Adds a secret that counts from now on, ends the older ones, and tells the receivers. All by the database's clock; the new
-- one counts from five minutes before, since clocks of receivers may be behind it.
-- $1 workspace_id bigint, $2 source_id bigint, $3 secret_id bigint, $4 sealed bytea, $5 double precision (for how many
-- seconds the older ones still count), $6 text of the source's id
-- Relies on source_secret_pkey.
WITH ended AS (
    UPDATE hooklog.source_secret AS k
    SET expires_at = clock_timestamp() + make_interval(secs => $5)
    WHERE k.workspace_id = $1
        AND k.source_id = $2
        AND (k.expires_at IS NULL OR k.expires_at > clock_timestamp() + make_interval(secs => $5))
)
INSERT INTO hooklog.source_secret (workspace_id, source_id, secret_id, sealed, not_before, created_at)
VALUES ($1, $2, $3, $4, clock_timestamp() - interval '5 minutes', clock_timestamp())
RETURNING pg_notify('hooklog_source', $6);
