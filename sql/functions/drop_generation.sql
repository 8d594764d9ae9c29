-- Drops a generation that is being built or retired, with all that is its own. The active one stays.
-- 55P03: a query still reads its tables; try again.
CREATE OR REPLACE FUNCTION hooklog.drop_generation(projection text, generation bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET lock_timeout = '100ms'
AS $$
#variable_conflict use_column
DECLARE
    target hooklog.projection_generation;
    schema_name text;
    spec jsonb;
BEGIN
    SELECT g.* INTO target
    FROM hooklog.projection_generation AS g
    WHERE g.projection = drop_generation.projection
        AND g.generation = drop_generation.generation
        AND g.state <> 'active'
    FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    schema_name := hooklog.projection_schema(target.built_in);
    FOR spec IN SELECT jsonb_array_elements(target.definition -> 'tables') LOOP
        EXECUTE format('DROP FUNCTION %I.%I', schema_name, 'fold_' || (spec ->> 'name') || '_' || generation);
        EXECUTE format('DROP FUNCTION IF EXISTS %I.%I', schema_name, 'late_' || (spec ->> 'name') || '_' || generation);
        EXECUTE format('DROP FUNCTION %I.%I', schema_name, 'test_' || (spec ->> 'name') || '_' || generation);
        EXECUTE format('DROP VIEW IF EXISTS %I.%I', schema_name, (spec ->> 'name') || '_v' || generation);
        EXECUTE format('DROP TABLE %I.%I', schema_name, (spec ->> 'name') || '_' || generation);
    END LOOP;
    EXECUTE format('DROP FUNCTION hooklog_data.%I', 'scan_' || generation);
    DELETE FROM hooklog.dead_letter AS d
    WHERE d.projection = drop_generation.projection AND d.generation = drop_generation.generation;
    DELETE FROM hooklog.checkpoint AS c
    WHERE c.projection = drop_generation.projection AND c.generation = drop_generation.generation;
    DELETE FROM hooklog.projection_generation AS g
    WHERE g.projection = drop_generation.projection AND g.generation = drop_generation.generation;
    RETURN true;
END
$$;
