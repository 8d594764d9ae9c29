-- Revokes an API key; one revoked before keeps its first time.
-- $1 workspace_id bigint, $2 key_id bigint
-- → the columns of list_api_keys; no row when there is no such key
-- Relies on api_key_pkey.
UPDATE hooklog.api_key AS k
SET revoked_at = coalesce(k.revoked_at, clock_timestamp())
WHERE k.workspace_id = $1
    AND k.key_id = $2
RETURNING
    k.workspace_id,
    k.key_id,
    k.name,
    k.prefix,
    k.livemode,
    k.scope,
    k.rate_limit,
    k.created_at,
    k.last_used_at,
    k.revoked_at;
