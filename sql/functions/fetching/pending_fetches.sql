-- What there is to do for sources with thin events: whether the log is to be read for them, and after how many seconds their
-- first object is due. Locks nothing. Each costs an index probe or two: event_pkey at the position after the checkpoint (see
-- hooklog.pending_projections()) and fetch_due_idx.
--
-- $1 of_workspace  bigint  one workspace, or NULL for all
-- $2 of_source     bigint  one source, or NULL for all
--
-- Returns a row per source; due_in is NULL when nothing waits or nothing can be fetched.
CREATE OR REPLACE FUNCTION hooklog.pending_fetches(of_workspace bigint, of_source bigint)
RETURNS TABLE (workspace_id bigint, source_id bigint, is_unread boolean, due_in double precision)
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
SET enable_hashjoin = off
SET enable_mergejoin = off
AS $$
    SELECT
        s.workspace_id,
        s.source_id,
        c.position IS NULL OR EXISTS (
            SELECT
            FROM hooklog.event AS e
            WHERE e.workspace_id = s.workspace_id
                AND e.position > c.position
                AND e.received_at >= c.received_at
                AND e.received_at < greatest(statement_timestamp(), c.received_at) + interval '32 days'
        ),
        extract(
            epoch FROM CASE WHEN f.due_at IS NOT NULL THEN greatest(f.due_at, w.paused_until) END - statement_timestamp()
        )::double precision
    FROM hooklog.source AS s
    LEFT JOIN hooklog.fetch_checkpoint AS c ON c.workspace_id = s.workspace_id
    LEFT JOIN hooklog.source_fetch AS w ON w.workspace_id = s.workspace_id AND w.source_id = s.source_id
    LEFT JOIN LATERAL (
        SELECT d.due_at
        FROM hooklog.fetch AS d
        WHERE d.workspace_id = w.workspace_id
            AND d.source_id = w.source_id
            AND s.disabled_at IS NULL
        ORDER BY d.due_at
        LIMIT 1
    ) AS f ON true
    WHERE hooklog.has_thin_events(s.connector)
        AND (of_workspace IS NULL OR s.workspace_id = of_workspace)
        AND (of_source IS NULL OR s.source_id = of_source)
$$;
