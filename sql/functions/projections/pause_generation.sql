-- Keeps the active generation of a projection where it is for at most 10 s, so that its successor can pass it.
CREATE OR REPLACE FUNCTION hooklog.pause_generation(projection text) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    UPDATE hooklog.projection_generation AS g
    SET paused_until = clock_timestamp() + interval '10 seconds'
    WHERE g.projection = pause_generation.projection AND g.state = 'active'
    RETURNING g.generation
$$;
