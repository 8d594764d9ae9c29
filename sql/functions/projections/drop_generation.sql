-- Drops a generation that is not the active one, with all that is its own; views that still show it go over to the active
-- one's columns. Returns false when there is none to drop.
-- 55P03: a query still reads its tables; try again. 2BP01: somebody's own view is built on one of its views.
CREATE OR REPLACE FUNCTION hooklog.drop_generation(projection text, generation bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET lock_timeout = '100ms'
AS $$
DECLARE
    target hooklog.projection_generation;
    active hooklog.projection_generation;
    spec jsonb;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('hooklog.projection'));
    SELECT g.* INTO target
    FROM hooklog.generation_of(projection, generation) AS g
    WHERE g.state IN ('building', 'retired', 'scratch');
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    FOR spec IN SELECT jsonb_array_elements(target.definition -> 'tables') LOOP
        PERFORM hooklog.drop_read_model(target.built_in, generation, spec ->> 'name');
    END LOOP;
    EXECUTE format('DROP FUNCTION hooklog_data.%I', 'scan_' || generation);
    SELECT g.* INTO active FROM hooklog.active_generation(projection) AS g;
    IF FOUND AND target.state = 'retired' THEN
        PERFORM hooklog.publish_generation(active.built_in, active.generation, active.definition);
    END IF;
    UPDATE hooklog.projection_generation AS g
    SET state = 'dropped',
        definition = '{"tables": []}'
    WHERE g.projection = drop_generation.projection AND g.generation = drop_generation.generation;
    DELETE FROM hooklog.dead_letter AS d
    WHERE d.projection = drop_generation.projection AND d.generation = drop_generation.generation;
    DELETE FROM hooklog.checkpoint AS c
    WHERE c.projection = drop_generation.projection AND c.generation = drop_generation.generation;
    RETURN true;
END
$$;
