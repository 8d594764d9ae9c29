-- How far the active generation of each projection asked about is, and the head of the workspace's log.
--
-- $1 workspaces   bigint[]
-- $2 projections  text[]    as many
--
-- Returns a row per pair, in their order. NULLs: no such projection has read the workspace. Relies on checkpoint_pkey
-- and event_pkey.
CREATE OR REPLACE FUNCTION hooklog.read_model_positions(workspaces bigint[], projections text[])
RETURNS TABLE (ordinal bigint, "position" bigint, head bigint)
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT
        p.ordinal,
        (
            SELECT c.position
            FROM hooklog.checkpoint AS c
            WHERE c.workspace_id = p.workspace
                AND c.projection = p.projection
                AND c.generation = (
                    SELECT g.generation
                    FROM hooklog.projection_generation AS g
                    WHERE g.projection = p.projection AND g.state = 'active'
                )
        ),
        (
            SELECT coalesce(
                (
                    SELECT e.position
                    FROM hooklog.event AS e
                    WHERE e.workspace_id = p.workspace
                        AND e.position >= h.floor_position
                        AND e.received_at >= h.floor_received_at
                    ORDER BY e.position DESC
                    LIMIT 1
                ),
                h.floor_position)
            FROM hooklog.log_head AS h
            WHERE h.workspace_id = p.workspace
        )
    FROM unnest(workspaces, projections) WITH ORDINALITY AS p (workspace, projection, ordinal)
    ORDER BY p.ordinal
$$;
