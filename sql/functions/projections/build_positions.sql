-- How far the generation in use and another one of the same projection are, in each workspace that the first has begun to
-- read. error: why the other one stands still. Locks nothing. Made a part of the statement that asks.
CREATE OR REPLACE FUNCTION hooklog.build_positions(projection text, generation bigint)
RETURNS TABLE (workspace_id bigint, active_position bigint, build_position bigint, error text)
LANGUAGE sql STABLE AS $$
    SELECT a.workspace_id, a.position, coalesce(b.position, 0), b.error
    FROM hooklog.active_generation($1) AS g
    JOIN hooklog.checkpoint AS a ON a.projection = g.projection AND a.generation = g.generation
    LEFT JOIN hooklog.checkpoint AS b
        ON b.workspace_id = a.workspace_id
        AND b.projection = a.projection
        AND b.generation = $2
$$;
