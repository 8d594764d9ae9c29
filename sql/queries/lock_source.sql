-- Locks a source, so that two rotations at once happen one after the other.
-- $1 workspace_id bigint, $2 source_id bigint
-- → source_id bigint
-- Relies on source_pkey.
SELECT s.source_id
FROM hooklog.source AS s
WHERE s.workspace_id = $1
    AND s.source_id = $2
FOR UPDATE;
