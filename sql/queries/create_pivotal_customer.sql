-- POST /api/v1/customers.
-- $1  workspace       bigint
-- $2  key_id          bigint
-- $3  key_sha256      bytea
-- $4  idempotency_key text    NULL: none
-- $5  request_sha256  bytea   of the body
-- $6  derived_slug    text    where attributes hold none
-- $7  attributes      jsonb   validated
-- Returns outcome, status, body, log_position and is_replay. Relies on what hooklog.command_create_customer() names.
SELECT
    outcome,
    status,
    body,
    log_position,
    is_replay
FROM hooklog.command_create_customer($1, $2, $3, $4, $5, $6, $7)
