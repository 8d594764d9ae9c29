-- The sealed secrets that count now or will, and the tokens with which objects are fetched (secret 0), newest source first,
-- for `hooklog doctor`.
-- $1 limit bigint
-- → workspace_id bigint, source_id bigint, secret_id bigint, sealed bytea, base_url text (where the tokens may be sent)
-- Relies on source_pkey, source_secret_pkey and source_fetch_pkey.
SELECT
    t.workspace_id,
    t.source_id,
    t.secret_id,
    t.sealed,
    s.settings #>> '{fetch,base_url}' AS base_url
FROM (
    SELECT k.workspace_id, k.source_id, k.secret_id, k.sealed
    FROM hooklog.source_secret AS k
    WHERE k.expires_at IS NULL
        OR k.expires_at > clock_timestamp()
    UNION ALL
    SELECT w.workspace_id, w.source_id, 0, w.sealed
    FROM hooklog.source_fetch AS w
) AS t
INNER JOIN hooklog.source AS s ON s.workspace_id = t.workspace_id AND s.source_id = t.source_id
WHERE s.disabled_at IS NULL
ORDER BY s.created_at DESC, t.secret_id DESC
LIMIT $1;
