-- Makes a built generation the active one: the views change over and the states with them, in one transaction.
-- Returns false, and does nothing, when the generation is not being built, is behind the active one somewhere, or the
-- active one is not paused for at least another second (its steps must not commit beside this).
-- 55P03: a query holds a view; try again.
CREATE OR REPLACE FUNCTION hooklog.activate_generation(projection text, generation bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET lock_timeout = '100ms'
AS $$
DECLARE
    target hooklog.projection_generation;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('hooklog.projection'));
    SELECT g.* INTO target FROM hooklog.generation_of(projection, generation) AS g WHERE g.state = 'building';
    IF NOT FOUND
        OR EXISTS (
            SELECT
            FROM hooklog.active_generation(projection) AS g
            WHERE coalesce(g.paused_until, '-infinity') < clock_timestamp() + interval '1 second'
        )
        OR EXISTS (SELECT FROM hooklog.behind_active(projection, generation)) THEN
        RETURN false;
    END IF;
    UPDATE hooklog.projection_generation AS g
    SET state = 'retired',
        retired_at = clock_timestamp(),
        paused_until = NULL
    WHERE g.projection = activate_generation.projection AND g.state = 'active';
    UPDATE hooklog.projection_generation AS g
    SET state = 'active',
        activated_at = clock_timestamp()
    WHERE g.projection = activate_generation.projection AND g.generation = activate_generation.generation;
    PERFORM hooklog.publish_generation(target.built_in, generation, target.definition);
    RETURN true;
END
$$;
