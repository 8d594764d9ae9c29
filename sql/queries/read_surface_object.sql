-- GET of one object of a vendor's surface, with the check of the key.
-- $1  workspace      bigint
-- $2  key_id         bigint
-- $3  key_sha256     bytea
-- $4  workspace_name text    what the request calls the workspace; NULL: nothing
-- $5  asks_test      boolean whether test data is asked for
-- $6  system         text
-- $7  entity_type    text
-- $8  id             text
-- $9  parent_type    text    NULL: the path names no other object
-- $10  parent_id      text
-- $11 template       json    how the object is shown
-- $12 expanded       text    the reference to show as the object; NULL: none
-- Returns outcome (unknown_key, revoked_key, foreign_workspace, busy, parent_not_found, not_found, ok) and body.
-- Relies on what hooklog.read_object() names.
SELECT
    outcome,
    body
FROM hooklog.read_object($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
