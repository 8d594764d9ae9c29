-- GET /v1/people, with the check of the key.
-- $1 workspace        bigint
-- $2 key_id           bigint
-- $3 key_sha256       bytea
-- $4 page_limit       integer
-- $5 place            text     the address where the page before ended; NULL: from the start
-- $6 email            text     NULL: any
-- $7 text             text     a part of the address or of a name; NULL: any
-- $8 system           text     NULL: any
-- $9 examined_limit   integer  the most rows that a page looks at
-- $10 documents_limit integer  the most documents of a person of each kind and system
-- $11 byte_limit      bigint   the most bytes of documents
-- Returns outcome (unknown_key, revoked_key, busy, ok) and body. Relies on what hooklog.find_people() names.
SELECT
    outcome,
    body
FROM hooklog.list_people($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
