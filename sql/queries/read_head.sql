-- The head of a workspace's log.
-- $1 workspace_id bigint
-- → position bigint, received_at timestamptz; no row for an unknown workspace
SELECT
    h.position,
    h.received_at
FROM hooklog.head($1) AS h;
