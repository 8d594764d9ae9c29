-- GET /v1/contacts, with the check of the key.
-- $1 workspace       bigint
-- $2 key_id          bigint
-- $3 key_sha256      bytea
-- $4 page_limit      integer
-- $5 ascending       boolean      oldest change first
-- $6 place_at        timestamptz  NULL: from the start
-- $7 place_position  bigint
-- $8 since           timestamptz  NULL: any
-- $9 email           text         NULL: any
-- $10 text           text         a part of the name or e-mail address; NULL: any
-- $11 system         text         NULL: any
-- $12 with_deleted   boolean
-- $13 examined_limit integer      the most rows of each system that a search for text looks at
-- $14 byte_limit     bigint       the most bytes of documents
-- Returns outcome (unknown_key, revoked_key, busy, ok) and body. Relies on what hooklog.list_directory_contacts() names.
SELECT
    outcome,
    body
FROM hooklog.list_directory_contacts($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
