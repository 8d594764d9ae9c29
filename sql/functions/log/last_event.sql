-- The last event of a log whose floor is there, received until then; no row when there is none. Made a part of the statement that
-- asks, so that the floor prunes old partitions and the other time those ahead of it. Relies on event_pkey.
CREATE OR REPLACE FUNCTION hooklog.last_event(
    workspace bigint,
    floor_position bigint,
    floor_received_at timestamptz,
    until timestamptz DEFAULT 'infinity'
) RETURNS TABLE ("position" bigint, received_at timestamptz)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1 AS $$
    SELECT e.position, e.received_at
    FROM hooklog.event AS e
    WHERE e.workspace_id = $1
        AND e.position >= $2
        AND e.received_at >= $3
        AND e.received_at <= $4
    ORDER BY e.position DESC
    LIMIT 1
$$;
