-- Sets the next event of a generation aside and moves the checkpoint past it: alone, it exhausted the server five times.
CREATE OR REPLACE FUNCTION hooklog.skip_event(point hooklog.checkpoint, state text) RETURNS void
LANGUAGE sql VOLATILE AS $$
    SELECT hooklog.set_aside(point, 'too_heavy', ARRAY[point.position + 1], ARRAY[state], point.attempts + 1);

    UPDATE hooklog.checkpoint AS c
    SET position = c.position + 1,
        received_at = (
            SELECT e.received_at
            FROM hooklog.event AS e
            WHERE e.workspace_id = point.workspace_id
                AND e.position = point.position + 1
                AND e.received_at >= point.received_at
        ),
        attempts = 0,
        retry_at = NULL,
        error = NULL,
        sqlstate = NULL
    WHERE c.workspace_id = point.workspace_id
        AND c.projection = point.projection
        AND c.generation = point.generation
$$;
