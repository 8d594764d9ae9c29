-- Makes the functions of a user's generation anew from its definition, and gives its tables to the migrating role: those of
-- an earlier release belonged to the role of projections and held the text of the SELECT, which nobody had read as
-- PostgreSQL does. Returns NULL, or why PostgreSQL or the rules of today refuse the SELECT. Then the generation is left
-- without functions, and stops visibly; so it is when that takes too long.
-- A table that is being read all the while keeps its owner and its columns, to the next migration.
CREATE OR REPLACE FUNCTION hooklog.renew_generation(projection text, generation bigint) RETURNS text
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
    target hooklog.projection_generation;
    spec jsonb;
    verb text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('hooklog.projection'));
    PERFORM set_config('lock_timeout', '5s', true);
    SELECT g.* INTO target
    FROM hooklog.generation_of(projection, generation) AS g
    WHERE g.state <> 'dropped'
        AND NOT g.built_in;
    FOR spec IN SELECT jsonb_array_elements(target.definition -> 'tables') LOOP
        FOREACH verb IN ARRAY ARRAY['fold', 'late', 'test', 'select'] LOOP
            EXECUTE format('DROP FUNCTION IF EXISTS %s', hooklog.own_name(false, generation, spec ->> 'name', verb));
        END LOOP;
        BEGIN
            EXECUTE format(
                'ALTER TABLE %s OWNER TO CURRENT_USER', hooklog.own_name(false, generation, spec ->> 'name'));
        EXCEPTION WHEN lock_not_available THEN
            NULL;
        END;
    END LOOP;
    BEGIN
        FOR spec IN SELECT jsonb_array_elements(target.definition -> 'tables') LOOP
            PERFORM hooklog.create_read_model(generation, false, spec, true);
            PERFORM hooklog.create_table_functions(projection, generation, false, spec);
        END LOOP;
        RETURN NULL;
    EXCEPTION WHEN query_canceled OR OTHERS THEN
        RETURN CASE SQLSTATE WHEN '55P03' THEN 'its table is being read, so migrate again when it is not' ELSE SQLERRM END;
    END;
END
$$;
