-- Puts the rows, dead letters and checkpoint that a scratch generation has built for a workspace in the place of the active
-- generation's, in one transaction under the active checkpoint's lock. One workspace; the others never notice.
-- Returns false, and does nothing, when the scratch is behind or the active version is another one: step it and try again.
CREATE OR REPLACE FUNCTION hooklog.swap_workspace_rows(workspace bigint, projection text, generation bigint)
RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
    scratch hooklog.projection_generation;
    active hooklog.projection_generation;
    built hooklog.checkpoint;
    shown hooklog.checkpoint;
    spec jsonb;
    shown_table text;
    kept text;
BEGIN
    SELECT g.* INTO scratch FROM hooklog.generation_of(projection, generation) AS g WHERE g.state = 'scratch';
    SELECT g.* INTO active FROM hooklog.active_generation(projection) AS g;
    shown := hooklog.lock_checkpoint(workspace, projection, active.generation);
    built := hooklog.lock_checkpoint(workspace, projection, scratch.generation);
    IF built.position IS NULL OR shown.position IS NULL OR built.position < shown.position
        OR scratch.version <> active.version THEN
        RETURN false;
    END IF;
    FOR spec IN SELECT jsonb_array_elements(active.definition -> 'tables') LOOP
        shown_table := hooklog.own_name(active.built_in, active.generation, spec ->> 'name');
        EXECUTE format('DELETE FROM %s WHERE workspace_id = $1', shown_table) USING workspace;
        EXECUTE format(
            'INSERT INTO %s SELECT * FROM %s WHERE workspace_id = $1',
            shown_table, hooklog.own_name(active.built_in, scratch.generation, spec ->> 'name'))
        USING workspace;
    END LOOP;
    FOREACH kept IN ARRAY ARRAY['dead_letter', 'checkpoint'] LOOP
        EXECUTE format('DELETE FROM hooklog.%I WHERE workspace_id = $1 AND projection = $2 AND generation = $3', kept)
        USING workspace, projection, active.generation;
        EXECUTE format(
            'UPDATE hooklog.%I SET generation = $4 WHERE workspace_id = $1 AND projection = $2 AND generation = $3', kept)
        USING workspace, projection, scratch.generation, active.generation;
    END LOOP;
    RETURN true;
END
$$;
