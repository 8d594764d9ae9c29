-- What a vendor's surface tells of the workspace of a key, with the check of the key.
-- $1 workspace      bigint
-- $2 key_id         bigint
-- $3 key_sha256     bytea
-- $4 workspace_name text    what the request calls the workspace; NULL: nothing
-- Returns outcome (unknown_key, revoked_key, foreign_workspace, ok) and body.
-- Relies on what hooklog.read_workspace() names.
SELECT
    outcome,
    body
FROM hooklog.read_workspace($1, $2, $3, $4)
