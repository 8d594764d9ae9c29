-- Counts a request of an API key within its limit.
-- $1 workspace  bigint
-- $2 key_id     bigint
-- $3 key_sha256 bytea
-- $4 unreported integer      requests that were admitted on credit
-- $5 at         timestamptz  NULL: now
-- Returns outcome (unknown_key, revoked_key, ok), and of a key with a limit key_limit, admitted, used, counted_at, frees_at;
-- admitted, used and frees_at are NULL on a standby.
-- Relies on api_key_pkey and api_key_usage_pkey.
SELECT c.outcome, c.key_limit, c.admitted, c.used, c.counted_at, c.frees_at
FROM hooklog.count_request($1, $2, $3, $4, $5) AS c
