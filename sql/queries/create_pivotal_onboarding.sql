-- POST /api/v1/onboardings.
-- $1  workspace           bigint
-- $2  key_id              bigint
-- $3  key_sha256          bytea
-- $4  idempotency_key     text    NULL: none
-- $5  request_sha256      bytea   of the body
-- $6  customer_display_id bigint  NULL: by id
-- $7  customer_id         text
-- $8  attributes          jsonb   validated
-- Returns outcome, status, body, log_position and is_replay. Relies on what hooklog.command_create_onboarding() names.
SELECT
    outcome,
    status,
    body,
    log_position,
    is_replay
FROM hooklog.command_create_onboarding($1, $2, $3, $4, $5, $6, $7, $8)
