-- Sets the next event of a generation aside and moves the checkpoint past it: alone, it exhausted the server five times.
CREATE OR REPLACE FUNCTION hooklog.skip_event(point hooklog.checkpoint, state text) RETURNS void
LANGUAGE sql VOLATILE AS $$
    INSERT INTO hooklog.dead_letter (
        workspace_id, projection, generation, position, reason, sqlstate, attempts, first_failed_at, last_failed_at
    )
    SELECT
        point.workspace_id, point.projection, point.generation, point.position + 1, 'too_heavy', state,
        point.attempts + 1, n.failed_at, n.failed_at
    FROM (SELECT clock_timestamp() AS failed_at) AS n
    ON CONFLICT DO NOTHING;

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
