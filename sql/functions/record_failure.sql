-- Records that a call of hooklog.project() ended with an error that is not an event's fault, or not for certain.
-- 57014 (cancelled) and class 53 (out of resources) halve the page; a lone event that has failed so five times is
-- set aside. Any other stops the projection until its next try.
CREATE OR REPLACE FUNCTION hooklog.record_failure(
    workspace bigint, projection text, generation bigint, state text, max_events integer
) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    point hooklog.checkpoint;
BEGIN
    SELECT c.* INTO point
    FROM hooklog.checkpoint AS c
    WHERE c.workspace_id = workspace
        AND c.projection = record_failure.projection
        AND c.generation = record_failure.generation
    FOR UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    IF state <> '57014' AND left(state, 2) <> '53' THEN
        PERFORM hooklog.stop_projection(point, state, 'statement_failed');
    ELSIF least(point.page_limit, max_events) > 1 THEN
        UPDATE hooklog.checkpoint AS c
        SET page_limit = least(point.page_limit, max_events) / 2
        WHERE c.workspace_id = workspace
            AND c.projection = record_failure.projection
            AND c.generation = record_failure.generation;
    ELSIF point.attempts < 4 THEN
        PERFORM hooklog.stop_projection(point, state, 'event_too_heavy');
    ELSE
        PERFORM hooklog.skip_event(point, state);
    END IF;
END
$$;
