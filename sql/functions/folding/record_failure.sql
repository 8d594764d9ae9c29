-- Records that a call of hooklog.project() ended with an error that is not an event's fault, or not for certain.
--
-- 57014 (cancelled) and class 53 (out of resources) halve the page, of max_events or less; a lone event that has failed
-- so five times is set aside, provided that the one after it can be evaluated: a server in trouble refuses everything.
-- Any other stops the projection until its next try, HL005 among them: the one after it could not be evaluated in time. The first page of all rolled its checkpoint back with it, so that is
-- made here. Returns what was done: halved, stopped, set_aside or missing.
CREATE OR REPLACE FUNCTION hooklog.record_failure(
    workspace bigint, projection text, generation bigint, state text, max_events integer
) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET TimeZone = 'UTC'
AS $$
DECLARE
    point hooklog.checkpoint;
    page_size integer;
BEGIN
    IF NOT EXISTS (SELECT FROM hooklog.generation_of(projection, generation) AS g WHERE g.state <> 'dropped') THEN
        RETURN 'missing';
    END IF;
    PERFORM hooklog.start_checkpoint(workspace, projection, generation);
    point := hooklog.lock_checkpoint(workspace, projection, generation);
    page_size := least(point.page_limit, max_events);
    IF state <> '57014' AND left(state, 2) <> '53' THEN
        PERFORM hooklog.stop_projection(point, state, 'statement_failed');
        RETURN 'stopped';
    ELSIF page_size > 1 THEN
        UPDATE hooklog.checkpoint AS c
        SET page_limit = page_size / 2
        WHERE c.workspace_id = workspace
            AND c.projection = record_failure.projection
            AND c.generation = record_failure.generation;
        RETURN 'halved';
    ELSIF point.error IS DISTINCT FROM 'event_too_heavy'
        OR point.attempts < 4
        OR NOT hooklog.next_event_passes(point) THEN
        PERFORM hooklog.stop_projection(point, state, 'event_too_heavy');
        RETURN 'stopped';
    END IF;
    PERFORM hooklog.skip_event(point, state);
    RETURN 'set_aside';
END
$$;
