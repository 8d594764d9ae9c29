-- Reads a page of a workspace's log for thin events and notes the objects that they tell of as to be fetched. One row for
-- each object: further events only move its position (and leave a minute of a longer wait), so fetches merge while one still waits, and one that came while a
-- fetch was in hand has it done again (see hooklog.complete_fetch()).
--
-- $1 workspace   bigint
-- $2 max_events  integer
--
-- Returns how many objects were noted, whether there may be more to read, and whether somebody else reads: what was logged
-- meanwhile may be left over then.
-- The notes and the checkpoint commit together. A workspace without a source that has thin events gets no checkpoint.
-- What does not look like an object's id is not fetched (see hooklog.fetched_type()). The first page begins a day before the
-- workspace's first such source was made, by whichever clock is behind.
-- The conditions on the event stand outside of the page, so that it is read by position (see hooklog.page_source()).
-- Relies on event_pkey and fetch_pkey.
CREATE OR REPLACE FUNCTION hooklog.plan_fetches(workspace bigint, max_events integer)
RETURNS TABLE (planned bigint, more boolean, is_busy boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER ROWS 1 AS $$
#variable_conflict use_column
DECLARE
    point record;
    page record;
BEGIN
    FOR try IN 1 .. 2 LOOP
        SELECT c.position, c.received_at INTO point
        FROM hooklog.fetch_checkpoint AS c
        WHERE c.workspace_id = workspace
        FOR UPDATE SKIP LOCKED;
        EXIT WHEN FOUND OR try = 2;
        INSERT INTO hooklog.fetch_checkpoint (workspace_id, position, received_at)
        SELECT workspace, 0, least(min(s.created_at), clock_timestamp()) - interval '1 day'
        FROM hooklog.source AS s
        WHERE s.workspace_id = workspace
            AND hooklog.has_thin_events(s.connector)
        HAVING count(*) > 0
        ON CONFLICT DO NOTHING;
    END LOOP;
    IF point.position IS NULL THEN
        RETURN QUERY
        SELECT
            0::bigint,
            false,
            EXISTS (
                SELECT
                FROM hooklog.fetch_checkpoint AS c
                WHERE c.workspace_id = workspace
            );
        RETURN;
    END IF;

    WITH event_page AS MATERIALIZED (
        SELECT e.position, e.received_at, e.source_id, e.system, e.type, e.entity_type, e.entity_id
        FROM hooklog.event AS e
        WHERE e.workspace_id = workspace
            AND e.position > point.position
            AND e.received_at >= point.received_at
        ORDER BY e.position
        LIMIT max_events
    ),
    wanted AS (
        SELECT w.source_id, w.fetched_type, w.entity_id, max(w.position) AS position, min(w.received_at) AS asked_at
        FROM (
            SELECT
                e.source_id, e.entity_id, e.position, e.received_at,
                hooklog.fetched_type(e.system, e.type, e.entity_id) AS fetched_type
            FROM event_page AS e
            WHERE e.entity_type = 'notification'
        ) AS w
        WHERE w.fetched_type IS NOT NULL
        GROUP BY w.source_id, w.fetched_type, w.entity_id
    ),
    noted AS (
        INSERT INTO hooklog.fetch AS f (
            workspace_id, source_id, entity_type, entity_id, position, asked_at, due_at, attempts
        )
        SELECT workspace, w.source_id, w.fetched_type, w.entity_id, w.position, w.asked_at, clock_timestamp(), 0
        FROM wanted AS w
        ORDER BY w.source_id, w.fetched_type, w.entity_id
        ON CONFLICT (workspace_id, source_id, entity_type, entity_id) DO UPDATE
        SET position = excluded.position,
            due_at = CASE WHEN f.claim IS NULL THEN least(f.due_at, excluded.due_at + interval '1 minute') ELSE f.due_at END
        RETURNING f.entity_id
    )
    SELECT
        (SELECT count(*) FROM noted) AS planned,
        count(*) AS events,
        max(e.position) AS position,
        max(e.received_at) AS received_at
    INTO page
    FROM event_page AS e;
    IF page.events > 0 THEN
        UPDATE hooklog.fetch_checkpoint AS c
        SET position = page.position,
            received_at = page.received_at
        WHERE c.workspace_id = workspace;
    END IF;
    RETURN QUERY SELECT page.planned, page.events = max_events, false;
END
$$;
