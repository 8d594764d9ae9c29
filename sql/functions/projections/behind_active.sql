-- The workspaces in which a generation has not yet reached the active one of its projection. Locks nothing: pause the
-- active one and settle its checkpoints first, and they stay where this sees them.
CREATE OR REPLACE FUNCTION hooklog.behind_active(projection text, generation bigint) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT p.workspace_id
    FROM hooklog.build_positions(projection, generation) AS p
    WHERE p.build_position < p.active_position
    ORDER BY p.workspace_id
$$;
