-- The API keys of a workspace, without their hashes.
-- $1 workspace_id bigint
-- → workspace_id bigint, key_id bigint, name text, prefix text, livemode boolean, scope text, rate_limit integer,
--   created_at timestamptz, last_used_at timestamptz, revoked_at timestamptz, in the order in which they were made
-- Relies on api_key_pkey.
SELECT
    k.workspace_id,
    k.key_id,
    k.name,
    k.prefix,
    k.livemode,
    k.scope,
    k.rate_limit,
    k.created_at,
    k.last_used_at,
    k.revoked_at
FROM hooklog.api_key AS k
WHERE k.workspace_id = $1
ORDER BY k.created_at, k.key_id;
