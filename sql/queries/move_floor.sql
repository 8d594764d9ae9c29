-- Moves a log's floor to its last event.
-- $1 workspace_id bigint
-- → moved boolean
SELECT hooklog.move_floor($1) AS moved;
