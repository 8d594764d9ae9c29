-- Puts the rows, dead letters and checkpoint that a scratch generation has built for a workspace in the place of the active
-- generation's, in one transaction under the active checkpoint's lock. One workspace; the others never notice.
-- Returns false, and does nothing, when the scratch is behind or the active version is another one: step it and try again.
CREATE OR REPLACE FUNCTION hooklog.swap_workspace_rows(workspace bigint, projection text, generation bigint)
RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    scratch hooklog.projection_generation;
    active hooklog.projection_generation;
    built hooklog.checkpoint;
    shown hooklog.checkpoint;
    spec jsonb;
BEGIN
    SELECT g.* INTO scratch
    FROM hooklog.projection_generation AS g
    WHERE g.projection = swap_workspace_rows.projection
        AND g.generation = swap_workspace_rows.generation
        AND g.state = 'scratch';
    SELECT g.* INTO active
    FROM hooklog.projection_generation AS g
    WHERE g.projection = swap_workspace_rows.projection AND g.state = 'active';
    SELECT c.* INTO shown
    FROM hooklog.checkpoint AS c
    WHERE c.workspace_id = workspace
        AND c.projection = swap_workspace_rows.projection
        AND c.generation = active.generation
    FOR UPDATE;
    SELECT c.* INTO built
    FROM hooklog.checkpoint AS c
    WHERE c.workspace_id = workspace
        AND c.projection = swap_workspace_rows.projection
        AND c.generation = scratch.generation
    FOR UPDATE;
    IF built.position IS NULL OR shown.position IS NULL OR built.position < shown.position
        OR scratch.version <> active.version THEN
        RETURN false;
    END IF;
    FOR spec IN SELECT jsonb_array_elements(active.definition -> 'tables') LOOP
        EXECUTE format(
            'DELETE FROM %I.%I WHERE workspace_id = $1',
            hooklog.projection_schema(active.built_in), (spec ->> 'name') || '_' || active.generation)
        USING workspace;
        EXECUTE format(
            'INSERT INTO %1$I.%2$I SELECT * FROM %1$I.%3$I WHERE workspace_id = $1',
            hooklog.projection_schema(active.built_in),
            (spec ->> 'name') || '_' || active.generation,
            (spec ->> 'name') || '_' || scratch.generation)
        USING workspace;
    END LOOP;
    DELETE FROM hooklog.dead_letter AS d
    WHERE d.workspace_id = workspace
        AND d.projection = swap_workspace_rows.projection
        AND d.generation = active.generation;
    UPDATE hooklog.dead_letter AS d
    SET generation = active.generation
    WHERE d.workspace_id = workspace
        AND d.projection = swap_workspace_rows.projection
        AND d.generation = scratch.generation;
    DELETE FROM hooklog.checkpoint AS c
    WHERE c.workspace_id = workspace
        AND c.projection = swap_workspace_rows.projection
        AND c.generation = active.generation;
    UPDATE hooklog.checkpoint AS c
    SET generation = active.generation
    WHERE c.workspace_id = workspace
        AND c.projection = swap_workspace_rows.projection
        AND c.generation = scratch.generation;
    RETURN true;
END
$$;
