-- POST, PATCH, PUT or DELETE of a vendor's surface.
-- $1  workspace       bigint
-- $2  key_id          bigint
-- $3  key_sha256      bytea
-- $4  idempotency_key text     NULL: none
-- $5  request_sha256  bytea    of the body
-- $6  workspace_name  text     what the request calls the workspace; NULL: nothing
-- $7  asks_test       boolean  whether test data is asked for
-- $8  endpoint        text     method and path, for which the idempotency key counts
-- $9  system          text
-- $10  entity_type     text
-- $11 verb            text     create, update or delete
-- $12 id              text     NULL: of a new object
-- $13 parent_type     text     NULL: the path names no other object
-- $14 parent_id       text
-- $15 attributes      jsonb    validated
-- $16 template        json     how the object is shown
-- $17 success_status  integer
-- Returns outcome, status, body, log_position, is_replay, field and detail.
-- Relies on what hooklog.command_write_object() names.
SELECT
    outcome,
    status,
    body,
    log_position,
    is_replay,
    field,
    detail
FROM hooklog.command_write_object($1, $2, $3, $6, $7, $8, $4, $5, $9, $10, $11, $12, $13, $14, $15, $16, $17)
