-- What is left to project in a slice of the workspaces, for the sweep that guarantees progress when every wake-up is lost.
--
-- $1 after_workspace bigint   the slice begins after this one
-- $2 max_workspaces  integer  and holds so many
--
-- Returns one row with the slice's last workspace, size and greatest head, or one for each generation that is behind in
-- it: lag in events and in seconds (the age of the oldest unread event), and whether it may be stepped now.
-- Locks nothing. An idle workspace costs one index probe and one more for each generation: event_pkey at the end, and at
-- the position after the checkpoint, in the partitions from the checkpoint's month to the next month (positions and
-- received_at grow together).
CREATE OR REPLACE FUNCTION hooklog.pending_projections(after_workspace bigint, max_workspaces integer)
RETURNS TABLE (
    last_workspace_id bigint, workspaces bigint, greatest_head bigint, workspace_id bigint, projection text, generation bigint, state text,
    lag bigint, lag_seconds double precision, is_due boolean
)
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
    WITH slice AS MATERIALIZED (
        SELECT
            h.workspace_id,
            coalesce(
                (
                    SELECT e.position
                    FROM hooklog.event AS e
                    WHERE e.workspace_id = h.workspace_id
                        AND e.position >= h.floor_position
                        AND e.received_at >= h.floor_received_at
                        AND e.received_at < statement_timestamp() + interval '32 days'
                    ORDER BY e.position DESC
                    LIMIT 1
                ), h.floor_position) AS head
        FROM hooklog.log_head AS h
        WHERE h.workspace_id > after_workspace
        ORDER BY h.workspace_id
        LIMIT max_workspaces
    )
    SELECT
        s.last_workspace_id,
        s.workspaces,
        s.greatest_head,
        b.workspace_id,
        b.projection,
        b.generation,
        b.state,
        -- The head is the last event that is not ahead of the clock; the next one may be, see hooklog.catch_up().
        greatest(b.head - b.position, 1),
        greatest(0, extract(epoch FROM statement_timestamp() - b.next_received_at))::double precision,
        b.retry_at IS NULL OR b.retry_at <= statement_timestamp()
    FROM (
        SELECT max(w.workspace_id) AS last_workspace_id, count(*) AS workspaces, max(w.head) AS greatest_head
        FROM slice AS w
    ) AS s
    LEFT JOIN (
        SELECT
            w.workspace_id,
            w.head,
            g.projection,
            g.generation,
            g.state,
            coalesce(c.position, 0) AS position,
            c.retry_at,
            (
                SELECT e.received_at
                FROM hooklog.event AS e
                WHERE e.workspace_id = w.workspace_id
                    AND e.position = coalesce(c.position, 0) + 1
                    AND e.received_at >= coalesce(c.received_at, '-infinity')
                    AND e.received_at < greatest(statement_timestamp(), c.received_at) + interval '32 days'
                LIMIT 1
            ) AS next_received_at
        FROM slice AS w
        CROSS JOIN hooklog.projection_generation AS g
        LEFT JOIN LATERAL (
            SELECT c.position, c.received_at, c.retry_at
            FROM hooklog.checkpoint AS c
            WHERE c.workspace_id = w.workspace_id
                AND c.projection = g.projection
                AND c.generation = g.generation
            OFFSET 0
        ) AS c ON true
        WHERE g.state IN ('building', 'active', 'retired')
        OFFSET 0
    ) AS b ON b.next_received_at IS NOT NULL
$$;
