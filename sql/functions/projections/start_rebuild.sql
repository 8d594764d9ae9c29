-- Starts to build a projection anew from the log, beside its active generation; resumes a build that is under way.
-- scratch: a build that does not take over by itself, for the rebuild of single workspaces.
-- Returns the generation being built; NULL when there is no such projection.
CREATE OR REPLACE FUNCTION hooklog.start_rebuild(projection text, scratch boolean DEFAULT false) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
    wanted text := CASE WHEN scratch THEN 'scratch' ELSE 'building' END;
    under_way bigint;
    active hooklog.projection_generation;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('hooklog.projection'));
    SELECT g.* INTO active FROM hooklog.active_generation(projection) AS g;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    SELECT g.generation INTO under_way
    FROM hooklog.projection_generation AS g
    WHERE g.projection = start_rebuild.projection
        AND g.state = wanted
        AND (g.version = active.version OR NOT scratch)
    ORDER BY g.generation DESC
    LIMIT 1;
    IF FOUND THEN
        RETURN under_way;
    END IF;
    RETURN hooklog.create_generation(projection, active.version, active.built_in, active.definition, wanted);
END
$$;
