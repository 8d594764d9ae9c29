-- DELETE /api/v1/contacts/{id}.
-- $1  workspace  bigint
-- $2  key_id     bigint
-- $3  key_sha256 bytea
-- $4  display_id bigint  NULL: by id
-- $5  id         text
-- Returns outcome, status, body, log_position and is_replay. Relies on what hooklog.command_delete() names.
SELECT
    outcome,
    status,
    body,
    log_position,
    is_replay
FROM hooklog.command_delete($1, $2, $3, 'contact', $4, $5)
