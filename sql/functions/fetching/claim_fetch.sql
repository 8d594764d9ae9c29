-- Takes the object of a source that has been due the longest, for as long as the lease lasts.
--
-- $1 workspace  bigint
-- $2 source     bigint
-- $3 lease      double precision  seconds after which somebody else may take it
--
-- Returns no row when nothing is due, when the source is disabled or not configured, or while its API is left alone. After
-- failures of the API one object is tried at a time, until one succeeds; the one that was tried least, so that those that
-- always fail hold up no others. The settings are those of the moment at which the object is taken.
-- observed_at is the time that will count for what is fetched: never before an event of the object that the log holds
-- already, so that what was fetched later shows; events that come after it are not overridden by it. RFC 3339.
-- problem is what the last attempt said; NULL for the first one.
-- Relies on source_pkey, source_fetch_pkey, fetch_due_idx, fetch_pkey and event_entity_idx.
CREATE OR REPLACE FUNCTION hooklog.claim_fetch(workspace bigint, source bigint, lease double precision)
RETURNS TABLE (
    connector text, entity_type text, entity_id text, claim uuid, attempts integer, observed_at text, failures integer,
    settings jsonb, sealed bytea, problem text
)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER ROWS 1 AS $$
#variable_conflict use_column
DECLARE
    way record;
    due record;
    now_at timestamptz := clock_timestamp();
    last_at timestamptz;
BEGIN
    SELECT s.connector, s.settings, w.failures INTO way
    FROM hooklog.source AS s
    JOIN hooklog.source_fetch AS w ON w.workspace_id = s.workspace_id AND w.source_id = s.source_id
    WHERE s.workspace_id = workspace
        AND s.source_id = source
        AND s.disabled_at IS NULL
        AND (w.paused_until IS NULL OR w.paused_until <= now_at);
    IF NOT FOUND THEN
        RETURN;
    END IF;
    IF way.failures > 0 THEN
        PERFORM
        FROM hooklog.source_fetch AS w
        WHERE w.workspace_id = workspace
            AND w.source_id = source
        FOR UPDATE SKIP LOCKED;
        IF NOT FOUND OR EXISTS (
            SELECT
            FROM hooklog.fetch AS f
            WHERE f.workspace_id = workspace
                AND f.source_id = source
                AND f.due_at > now_at
                AND f.claim IS NOT NULL
        ) THEN
            RETURN;
        END IF;
        SELECT f.entity_type, f.entity_id INTO due
        FROM hooklog.fetch AS f
        WHERE f.workspace_id = workspace
            AND f.source_id = source
            AND f.due_at <= now_at
        ORDER BY f.attempts, f.due_at
        LIMIT 1
        FOR UPDATE SKIP LOCKED;
    ELSE
        SELECT f.entity_type, f.entity_id INTO due
        FROM hooklog.fetch AS f
        WHERE f.workspace_id = workspace
            AND f.source_id = source
            AND f.due_at <= now_at
        ORDER BY f.due_at
        LIMIT 1
        FOR UPDATE SKIP LOCKED;
    END IF;
    IF due.entity_id IS NULL THEN
        RETURN;
    END IF;

    SELECT e.occurred_at INTO last_at
    FROM hooklog.event AS e
    WHERE e.workspace_id = workspace
        AND e.livemode = NOT coalesce(hooklog.boolean(way.settings -> 'fetch', 'test_mode'), false)
        AND e.system = way.connector
        AND e.entity_type = due.entity_type
        AND e.entity_id = due.entity_id
    ORDER BY e.occurred_at DESC
    LIMIT 1;

    RETURN QUERY
    UPDATE hooklog.fetch AS f
    SET claim = gen_random_uuid(),
        claimed_position = f.position,
        observed_at = greatest(now_at, last_at),
        attempts = f.attempts + 1,
        due_at = now_at + make_interval(secs => lease)
    FROM hooklog.source AS s
    JOIN hooklog.source_fetch AS w ON w.workspace_id = s.workspace_id AND w.source_id = s.source_id
    WHERE f.workspace_id = workspace
        AND f.source_id = source
        AND f.entity_type = due.entity_type
        AND f.entity_id = due.entity_id
        AND s.workspace_id = workspace
        AND s.source_id = source
    RETURNING
        s.connector, f.entity_type, f.entity_id, f.claim, f.attempts, hooklog.render_instant(f.observed_at), w.failures,
        s.settings, w.sealed, f.problem;
END
$$;
