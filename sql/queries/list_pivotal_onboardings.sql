-- GET /api/v1/onboardings, with the check of the key.
-- $1 workspace       bigint
-- $2 key_id          bigint
-- $3 key_sha256      bytea
-- $4 page_limit      integer
-- $5 before_at       timestamptz  NULL: from the newest
-- $6 before_position bigint
-- $7 state           text         NULL: any
-- $8 phase           text         NULL: any
-- Returns outcome (unknown_key, revoked_key, ok) and body. Relies on what hooklog.list_onboardings() names.
SELECT
    outcome,
    body
FROM hooklog.list_onboardings($1, $2, $3, $4, $5, $6, $7, $8)
