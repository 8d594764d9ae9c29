-- The step of hooklog.project() without its manners: claims the checkpoint, folds the next page, advances. For
-- project() and for commands, which hold the checkpoint already. Arguments, result and errors are those of project().
CREATE OR REPLACE FUNCTION hooklog.fold_next_page(
    workspace bigint, projection text, generation bigint, max_events integer, max_bytes bigint
) RETURNS TABLE (
    outcome text, events bigint, "position" bigint, set_aside bigint, more boolean
)
LANGUAGE plpgsql VOLATILE ROWS 1
SET TimeZone = 'UTC'
AS $$
DECLARE
    point hooklog.checkpoint;
    target hooklog.projection_generation;
    page record;
    work record;
BEGIN
    point := hooklog.claim_checkpoint(workspace, projection, generation);
    IF point.workspace_id IS NULL THEN
        RETURN QUERY SELECT 'busy', 0::bigint, NULL::bigint, 0::bigint, true;
        RETURN;
    END IF;
    SELECT g.* INTO target FROM hooklog.generation_of(projection, generation) AS g WHERE g.state <> 'dropped';
    IF NOT FOUND THEN
        DELETE FROM hooklog.checkpoint AS c
        WHERE c.workspace_id = workspace
            AND c.projection = fold_next_page.projection
            AND c.generation = fold_next_page.generation;
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
            target, point, page.upto, page.upto_received_at, page.unparsed, page.resolutions, page.touched
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

    -- The page's bound grows again by an eighth, whatever halved it; the share of refused events is kept over about the last
    -- thousand trials.
    UPDATE hooklog.checkpoint AS c
    SET position = page.upto,
        received_at = page.upto_received_at,
        page_limit = least(1000000, c.page_limit + greatest(1, c.page_limit / 8)),
        recent_events = CASE WHEN c.recent_events > 1000 THEN c.recent_events / 2 ELSE c.recent_events END
            + least(work.tested, 1000),
        recent_failures = CASE WHEN c.recent_events > 1000 THEN c.recent_failures / 2 ELSE c.recent_failures END
            + work.refused * least(work.tested, 1000) / greatest(work.tested, 1),
        attempts = 0,
        retry_at = NULL,
        error = NULL,
        sqlstate = NULL
    WHERE c.workspace_id = point.workspace_id
        AND c.projection = point.projection
        AND c.generation = point.generation;
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
