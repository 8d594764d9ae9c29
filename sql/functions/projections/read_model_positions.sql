-- How far the active generation of each projection asked about is, and the head of the workspace's log.
--
-- $1 workspaces   bigint[]
-- $2 projections  text[]    as many
--
-- Returns a row per pair, in their order. NULLs: no such projection has read the workspace. is_primary tells whether the log
-- cannot be further elsewhere. Relies on checkpoint_pkey and event_pkey. hooklog.head() would be a call a row.
CREATE OR REPLACE FUNCTION hooklog.read_model_positions(workspaces bigint[], projections text[])
RETURNS TABLE ("position" bigint, head bigint, is_primary boolean)
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT
        (
            SELECT c.position
            FROM hooklog.active_generation(p.projection) AS g
            JOIN hooklog.checkpoint AS c ON c.projection = g.projection AND c.generation = g.generation
            WHERE c.workspace_id = p.workspace
        ),
        (
            SELECT coalesce(
                (SELECT e.position FROM hooklog.last_event(h.workspace_id, h.floor_position, h.floor_received_at) AS e),
                h.floor_position)
            FROM hooklog.log_head AS h
            WHERE h.workspace_id = p.workspace
        ),
        NOT pg_is_in_recovery()
    FROM unnest(workspaces, projections) WITH ORDINALITY AS p (workspace, projection, ordinal)
    ORDER BY p.ordinal
$$;
