-- Stops a projection in a workspace, visibly, until a time that moves away with each attempt that ends the same way:
-- 1 s, 2 s, 4 s, … 5 min.
CREATE OR REPLACE FUNCTION hooklog.stop_projection(point hooklog.checkpoint, state text, reason text) RETURNS void
LANGUAGE sql VOLATILE AS $$
    UPDATE hooklog.checkpoint AS c
    SET attempts = CASE WHEN c.error = reason THEN c.attempts + 1 ELSE 1 END,
        retry_at = clock_timestamp()
            + make_interval(secs => least(300, power(2, CASE WHEN c.error = reason THEN least(c.attempts, 9) ELSE 0 END))),
        error = reason,
        sqlstate = state
    WHERE c.workspace_id = point.workspace_id
        AND c.projection = point.projection
        AND c.generation = point.generation
$$;
