-- GET /api/v1/customers/{customerId}/onboardings, and /api/v1/onboardings?customer_id=, with the check of the key.
-- $1 workspace           bigint
-- $2 key_id              bigint
-- $3 key_sha256          bytea
-- $4 page_limit          integer
-- $5 before_at           timestamptz  NULL: from the newest
-- $6 before_position     bigint
-- $7 customer_display_id bigint       NULL: by id
-- $8 customer_id         text
-- $9 is_filter           boolean      whether a missing customer means an empty list
-- $10 state              text         NULL: any
-- $11 phase              text         NULL: any
-- Returns outcome (unknown_key, revoked_key, customer_not_found, ok) and body.
-- Relies on what hooklog.list_customer_onboardings() names.
SELECT
    outcome,
    body
FROM hooklog.list_customer_onboardings($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
