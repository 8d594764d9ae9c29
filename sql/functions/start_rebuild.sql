-- Starts to build a projection anew from the log, beside its active generation; resumes a build that is under way.
-- Returns the generation being built; NULL when there is no such projection.
CREATE OR REPLACE FUNCTION hooklog.start_rebuild(projection text) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    building bigint;
    active hooklog.projection_generation;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('hooklog.projection'));
    SELECT g.generation INTO building
    FROM hooklog.projection_generation AS g
    WHERE g.projection = start_rebuild.projection AND g.state = 'building';
    IF FOUND THEN
        RETURN building;
    END IF;
    SELECT g.* INTO active
    FROM hooklog.projection_generation AS g
    WHERE g.projection = start_rebuild.projection AND g.state = 'active';
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    RETURN hooklog.create_generation(projection, active.version, active.built_in, active.definition);
END
$$;
