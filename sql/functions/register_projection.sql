-- Registers a version of a projection. A first version is published at once, empty; another one is built beside the
-- active one and takes over when it has caught up. Returns the generation to build, or NULL when nothing changed.
CREATE OR REPLACE FUNCTION hooklog.register_projection(
    projection text, version text, built_in boolean, definition jsonb
) RETURNS bigint
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    newest record;
    made bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('hooklog.projection'));
    SELECT g.version, g.state, g.generation INTO newest
    FROM hooklog.projection_generation AS g
    WHERE g.projection = register_projection.projection
        AND g.state IN ('active', 'building')
    ORDER BY g.generation DESC
    LIMIT 1;
    IF newest.version = version THEN
        RETURN CASE newest.state WHEN 'building' THEN newest.generation END;
    END IF;
    IF newest.state = 'building' THEN
        PERFORM hooklog.drop_generation(projection, newest.generation);
    END IF;
    made := hooklog.create_generation(projection, version, built_in, definition);
    IF NOT EXISTS (
        SELECT
        FROM hooklog.projection_generation AS g
        WHERE g.projection = register_projection.projection AND g.state = 'active'
    ) THEN
        PERFORM hooklog.create_read_model_indexes(projection, made);
        PERFORM hooklog.publish_generation(built_in, made, definition);
        UPDATE hooklog.projection_generation AS g
        SET state = 'active',
            activated_at = clock_timestamp()
        WHERE g.projection = register_projection.projection AND g.generation = made;
    END IF;
    RETURN made;
END
$$;
