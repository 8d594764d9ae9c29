-- Gives up the build of a projection that is under way, and forgets it: its version may be registered again.
-- Returns false when there is none. 55P03: somebody reads its tables; try again.
CREATE OR REPLACE FUNCTION hooklog.cancel_rebuild(projection text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
    under_way bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('hooklog.projection'));
    SELECT g.generation INTO under_way
    FROM hooklog.projection_generation AS g
    WHERE g.projection = cancel_rebuild.projection AND g.state = 'building';
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM hooklog.drop_generation(projection, under_way);
    DELETE FROM hooklog.projection_generation AS g
    WHERE g.projection = cancel_rebuild.projection AND g.generation = under_way;
    RETURN true;
END
$$;
