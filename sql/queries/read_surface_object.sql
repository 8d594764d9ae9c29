-- GET of one object of a vendor's surface, with the check of the key.
-- $1  workspace      bigint
-- $2  key_id         bigint
-- $3  key_sha256     bytea
-- $4  workspace_name text    what the request calls the workspace; NULL: nothing
-- $5  system         text
-- $6  entity_type    text
-- $7  id             text
-- $8  parent_type    text    NULL: the path names no other object
-- $9  parent_id      text
-- $10 template       json    how the object is shown
-- $11 expanded       text    the reference to show as the object; NULL: none
-- Returns outcome (unknown_key, revoked_key, foreign_workspace, busy, parent_not_found, not_found, ok) and body.
-- Relies on what hooklog.read_object() names.
SELECT
    outcome,
    body
FROM hooklog.read_object($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
