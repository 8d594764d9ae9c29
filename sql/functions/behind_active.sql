-- The workspaces in which a generation has not yet reached the active one of its projection, whose steps in flight are
-- waited for: call it while that one is paused, and its checkpoints stay where this saw them.
CREATE OR REPLACE FUNCTION hooklog.behind_active(projection text, generation bigint) RETURNS SETOF bigint
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT a.workspace_id
    FROM (
        SELECT c.workspace_id, c.position
        FROM hooklog.checkpoint AS c
        JOIN hooklog.projection_generation AS g
            ON g.projection = c.projection
            AND g.generation = c.generation
            AND g.state = 'active'
        WHERE c.projection = behind_active.projection
        FOR SHARE OF c
    ) AS a
    LEFT JOIN hooklog.checkpoint AS b
        ON b.workspace_id = a.workspace_id
        AND b.projection = behind_active.projection
        AND b.generation = behind_active.generation
    WHERE coalesce(b.position, 0) < a.position
$$;
