-- Folds the next page of a workspace's log into one generation of a projection: claim, fold, upsert, advance, in one
-- autocommit statement. Read-model rows and their checkpoint commit together, so an effect happens once.
--
-- $1 workspace   bigint
-- $2 projection  text
-- $3 generation  bigint
-- $4 max_events  integer  the page's bound (the checkpoint's own page_limit, if lower, wins)
-- $5 max_bytes   bigint   the same in bytes of bodies
--
-- The commit does not wait for the disk: what a crash of the server takes back, rows and checkpoint together, is folded
-- again. Only the log must be durable at once.
--
-- Returns one row: outcome is folded, caught_up, busy (somebody else is on it), waiting (stopped until retry_at),
-- paused (its successor is about to take over), stopped (this page just stopped it) or gone (no such generation).
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
    work record;
BEGIN
    PERFORM set_config('synchronous_commit', 'off', true);
    -- A command that waits for this checkpoint goes first: the place to yield is here, before the claim.
    point := hooklog.claim_checkpoint(workspace, projection, generation);
    IF point.workspace_id IS NULL THEN
        RETURN QUERY SELECT 'busy', 0::bigint, NULL::bigint, 0::bigint, true;
        RETURN;
    END IF;
    SELECT g.* INTO target
    FROM hooklog.projection_generation AS g
    WHERE g.projection = project.projection
        AND g.generation = project.generation
        AND g.state <> 'dropped';
    IF NOT FOUND THEN
        DELETE FROM hooklog.checkpoint AS c
        WHERE c.workspace_id = workspace AND c.projection = project.projection AND c.generation = project.generation;
        RETURN QUERY SELECT 'gone', 0::bigint, NULL::bigint, 0::bigint, false;
        RETURN;
    END IF;
    IF target.paused_until > clock_timestamp() THEN
        RETURN QUERY SELECT 'paused', 0::bigint, point.position, 0::bigint, true;
        RETURN;
    END IF;
    IF point.retry_at > clock_timestamp() THEN
        RETURN QUERY SELECT 'waiting', 0::bigint, point.position, 0::bigint, true;
        RETURN;
    END IF;

    EXECUTE format(
        'SELECT upto, upto_received_at, events, unparsed, resolutions, touched FROM hooklog_data.%I($1, $2, $3, $4, $5)',
        'scan_' || generation)
    INTO page
    USING workspace, point.position, point.received_at, least(max_events, point.page_limit), max_bytes;
    IF page.upto IS NULL THEN
        RETURN QUERY SELECT 'caught_up', 0::bigint, point.position, 0::bigint, false;
        RETURN;
    END IF;

    BEGIN
        SELECT f.tested, f.refused, f.set_aside INTO work
        FROM hooklog.fold_page(
            workspace, target, point, page.upto, page.upto_received_at, page.unparsed, page.resolutions, page.touched
        ) AS f;
    EXCEPTION
        WHEN cardinality_violation OR data_exception OR integrity_constraint_violation OR program_limit_exceeded
            OR raise_exception OR SQLSTATE 'HL002' THEN
        PERFORM hooklog.stop_projection(
            point, SQLSTATE,
            CASE SQLSTATE WHEN 'HL002' THEN 'too_many_refused' ELSE 'page_refused' END);
        RETURN QUERY SELECT 'stopped', 0::bigint, point.position, 0::bigint, true;
        RETURN;
    END;

    PERFORM hooklog.advance_checkpoint(point, page.upto, page.upto_received_at, work.tested, work.refused);
    RETURN QUERY SELECT
        'folded',
        page.events,
        page.upto,
        work.set_aside,
        EXISTS (
            SELECT
            FROM hooklog.event AS e
            WHERE e.workspace_id = workspace AND e.position = page.upto + 1 AND e.received_at >= page.upto_received_at
        );
END
$$;
