-- Registers a version of a projection. A first version is published at once, empty; another one is built beside the
-- active one and takes over when it has caught up. Returns the generation to build, or NULL when nothing changed.
-- hooklog.announce_generation() is the next call for a built-in one.
--
-- Versions only rise: one that another has superseded is registered again only when that is asked for (allow_older), so
-- that of two releases side by side the older one changes nothing. A build of another version that is under way is dropped.
CREATE OR REPLACE FUNCTION hooklog.register_projection(
    projection text, version text, built_in boolean, definition jsonb, allow_older boolean DEFAULT false
) RETURNS bigint
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
    newest record;
    made bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('hooklog.projection'));
    SELECT g.version, g.state, g.generation, g.built_in INTO newest
    FROM hooklog.projection_generation AS g
    WHERE g.projection = register_projection.projection
        AND g.state IN ('active', 'building')
    ORDER BY g.generation DESC
    LIMIT 1;
    IF newest.built_in <> built_in THEN
        RAISE EXCEPTION 'projection % is taken', projection USING ERRCODE = 'HL003';
    ELSIF newest.version = version THEN
        RETURN CASE newest.state WHEN 'building' THEN newest.generation END;
    ELSIF NOT allow_older AND EXISTS (
        SELECT
        FROM hooklog.projection_generation AS g
        WHERE g.projection = register_projection.projection
            AND g.version = register_projection.version
            AND g.state <> 'scratch'
    ) THEN
        RETURN NULL;
    END IF;
    IF newest.state = 'building' THEN
        PERFORM hooklog.drop_generation(projection, newest.generation);
    END IF;
    made := hooklog.create_generation(projection, version, built_in, definition, 'building');
    IF NOT EXISTS (SELECT FROM hooklog.active_generation(projection)) THEN
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
