-- Revokes an API key, to be shown by show_api_keys.sql; one revoked before keeps its first time.
-- $1 workspace_id bigint, $2 key_id bigint
-- → no row when there is no such key
-- Relies on api_key_pkey.
UPDATE hooklog.api_key AS k
SET revoked_at = coalesce(k.revoked_at, clock_timestamp())
WHERE k.workspace_id = $1
    AND k.key_id = $2
RETURNING k.*
