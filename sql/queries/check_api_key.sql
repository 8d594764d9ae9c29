-- Checks a key alone, before a request may wait for a position.
-- $1 workspace  bigint
-- $2 key_id     bigint
-- $3 key_sha256 bytea
-- Returns outcome (unknown_key, revoked_key, ok). Relies on api_key_pkey.
SELECT hooklog.check_api_key($1, $2, $3) AS outcome
