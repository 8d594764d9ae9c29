-- Folds the next page of a workspace's log into a generation of a projection. See sql/functions/project.sql.
-- $1 workspace bigint, $2 projection text, $3 generation bigint, $4 max_events integer, $5 max_bytes bigint
-- Returns one row. Relies on checkpoint_pkey and event_pkey.
SELECT
    outcome,
    events,
    "position",
    set_aside,
    more
FROM hooklog.project($1::bigint, $2::text, $3::bigint, $4::integer, $5::bigint)
