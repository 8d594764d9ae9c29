-- GET /api/v1/contacts/{id}, with the check of the key.
-- $1 workspace  bigint
-- $2 key_id     bigint
-- $3 key_sha256 bytea
-- $4 display_id bigint  NULL: by id
-- $5 id         text
-- Returns outcome (unknown_key, revoked_key, not_found, ok) and body. Relies on what hooklog.read_contact() names.
SELECT
    outcome,
    body
FROM hooklog.read_contact($1, $2, $3, $4, $5)
