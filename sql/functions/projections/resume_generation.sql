-- Lets the active generation of a projection go on before its pause ends by itself.
CREATE OR REPLACE FUNCTION hooklog.resume_generation(projection text) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    UPDATE hooklog.projection_generation AS g
    SET paused_until = NULL
    WHERE g.projection = resume_generation.projection AND g.state = 'active'
    RETURNING g.generation
$$;
