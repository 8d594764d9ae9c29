-- Folds the next page of a workspace's log into one generation of a projection: claim, fold, upsert, advance, in one
-- autocommit statement. Read-model rows and their checkpoint commit together, so an effect happens once.
--
-- $1 workspace   bigint
-- $2 projection  text
-- $3 generation  bigint
-- $4 max_events  integer  the page's bound (the checkpoint's own page_limit, if lower, wins)
-- $5 max_bytes   bigint   the same in bytes of bodies
--
-- Returns one row: outcome is folded, caught_up, busy (somebody else is on it), waiting (stopped until retry_at),
-- paused (its successor is about to take over) or stopped (this page just stopped it).
--
-- No session lock, no lease, no heartbeat: when a worker dies its statement ends and the row is free.
-- Errors of the classes 21, 22, 23, 54 and P0001 come from events and are handled here; any other ends the statement,
-- and the caller records it with hooklog.record_failure().
CREATE OR REPLACE FUNCTION hooklog.project(
    workspace bigint, projection text, generation bigint, max_events integer, max_bytes bigint
) RETURNS TABLE (
    outcome text, events bigint, "position" bigint, set_aside bigint, more boolean
)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER ROWS 1
SET search_path = pg_catalog, pg_temp
SET TimeZone = 'UTC'
SET jit = off
AS $$
#variable_conflict use_column
DECLARE
    point hooklog.checkpoint;
    target hooklog.projection_generation;
    page record;
    failed bigint := 0;
    evaluated bigint := 0;
BEGIN
    point := hooklog.claim_checkpoint(workspace, projection, generation);
    IF point.workspace_id IS NULL THEN
        RETURN QUERY SELECT 'busy', 0::bigint, NULL::bigint, 0::bigint, true;
        RETURN;
    END IF;
    SELECT g.* INTO target
    FROM hooklog.projection_generation AS g
    WHERE g.projection = project.projection AND g.generation = project.generation;
    IF target.paused_until > clock_timestamp() THEN
        RETURN QUERY SELECT 'paused', 0::bigint, point.position, 0::bigint, true;
        RETURN;
    END IF;
    IF point.retry_at > clock_timestamp() THEN
        RETURN QUERY SELECT 'waiting', 0::bigint, point.position, 0::bigint, true;
        RETURN;
    END IF;

    EXECUTE format('SELECT * FROM hooklog_data.%I($1, $2, $3, $4, $5)', 'scan_' || generation)
    INTO page
    USING workspace, point.position, point.received_at, least(max_events, point.page_limit), max_bytes;
    IF page.upto IS NULL THEN
        RETURN QUERY SELECT 'caught_up', 0::bigint, point.position, 0::bigint, false;
        RETURN;
    END IF;

    BEGIN
        SELECT f.failed, f.evaluated INTO failed, evaluated
        FROM hooklog.fold_page(
            workspace, target, point, page.upto, page.upto_received_at, page.refused > 0, page.resolutions > 0) AS f;
    EXCEPTION
        WHEN cardinality_violation OR data_exception OR integrity_constraint_violation OR program_limit_exceeded
            OR raise_exception OR SQLSTATE 'HL002' THEN
        PERFORM hooklog.stop_projection(
            point, SQLSTATE,
            CASE SQLSTATE WHEN 'HL002' THEN 'too_many_refused' ELSE 'page_refused' END);
        RETURN QUERY SELECT 'stopped', 0::bigint, point.position, 0::bigint, true;
        RETURN;
    END;

    UPDATE hooklog.checkpoint AS c
    SET position = page.upto,
        received_at = page.upto_received_at,
        page_limit = least(1000000, c.page_limit::bigint * 2),
        recent_events = CASE WHEN c.recent_events > 1000 THEN c.recent_events / 2 ELSE c.recent_events END + least(evaluated, 1000),
        recent_failures = CASE WHEN c.recent_events > 1000 THEN c.recent_failures / 2 ELSE c.recent_failures END + least(failed, 1000),
        attempts = 0,
        retry_at = NULL,
        error = NULL,
        sqlstate = NULL
    WHERE c.workspace_id = workspace AND c.projection = project.projection AND c.generation = project.generation;
    RETURN QUERY SELECT
        'folded', page.events, page.upto, page.refused + failed,
        page.events >= least(max_events, point.page_limit) OR EXISTS (
            SELECT
            FROM hooklog.event AS e
            WHERE e.workspace_id = workspace AND e.position = page.upto + 1 AND e.received_at >= page.upto_received_at
        );
END
$$;
