-- How far a generation is on its way to the active one of its projection.
-- $1 projection text, $2 generation bigint
-- Returns one row. Reads the projection's checkpoints; relies on checkpoint_pkey.
SELECT
    coalesce(sum(p.active_position), 0)::bigint AS events_total,
    coalesce(sum(least(p.build_position, p.active_position)), 0)::bigint AS events_done,
    count(*) FILTER (WHERE p.build_position < p.active_position) AS workspaces_behind,
    count(*) FILTER (WHERE p.build_position < p.active_position AND p.error IS NOT NULL) AS workspaces_stopped
FROM hooklog.build_positions($1, $2) AS p
