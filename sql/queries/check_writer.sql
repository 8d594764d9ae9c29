-- Checks alone whether a key may write, for requests that are refused before they become a command.
-- $1 workspace  bigint
-- $2 key_id     bigint
-- $3 key_sha256 bytea
-- Returns outcome (unknown_key, revoked_key, insufficient_scope, ok). Relies on api_key_pkey.
SELECT hooklog.check_writer($1, $2, $3) AS outcome
