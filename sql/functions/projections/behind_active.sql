-- The workspaces in which a generation has not yet reached the active one of its projection. Locks nothing: pause the
-- active one and settle its checkpoints first, and they stay where this sees them.
CREATE OR REPLACE FUNCTION hooklog.behind_active(projection text, generation bigint) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT a.workspace_id
    FROM hooklog.checkpoint AS a
    JOIN hooklog.projection_generation AS g
        ON g.projection = a.projection
        AND g.generation = a.generation
        AND g.state = 'active'
    LEFT JOIN hooklog.checkpoint AS b
        ON b.workspace_id = a.workspace_id
        AND b.projection = behind_active.projection
        AND b.generation = behind_active.generation
    WHERE a.projection = behind_active.projection
        AND coalesce(b.position, 0) < a.position
    ORDER BY a.workspace_id
$$;
