-- API keys in the order in which they were made, without their hashes; see SQLLibrary.query(_:of:).
-- → workspace_id bigint, key_id bigint, name text, prefix text, livemode boolean, scope text, rate_limit integer,
--   created_at timestamptz, last_used_at timestamptz, revoked_at timestamptz
WITH shown AS (
<rows>
)
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
FROM shown AS k
ORDER BY k.created_at, k.key_id;
