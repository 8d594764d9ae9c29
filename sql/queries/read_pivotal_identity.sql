-- GET /api/v1/me, with the check of the key.
-- $1 workspace  bigint
-- $2 key_id     bigint
-- $3 key_sha256 bytea
-- Returns outcome (unknown_key, revoked_key, ok) and body. Relies on api_key_pkey.
SELECT
    outcome,
    body
FROM hooklog.read_identity($1, $2, $3)
