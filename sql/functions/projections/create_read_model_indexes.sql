-- Makes the secondary indexes of a generation's tables: after the bulk of it is loaded, since that is cheaper.
-- Does nothing where they exist. Fills the statistics that the first queries are planned with.
CREATE OR REPLACE FUNCTION hooklog.create_read_model_indexes(projection text, generation bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
    target hooklog.projection_generation;
    spec jsonb;
    own_table text;
    definition text;
    nth integer;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('hooklog.create_read_model_indexes'), hashtext(projection));
    SELECT g.* INTO target FROM hooklog.generation_of(projection, generation) AS g;
    FOR spec IN SELECT jsonb_array_elements(target.definition -> 'tables') LOOP
        own_table := hooklog.own_name(target.built_in, generation, spec ->> 'name');
        nth := 0;
        FOR definition IN SELECT jsonb_array_elements_text(spec -> 'indexes') LOOP
            nth := nth + 1;
            IF definition !~ ('^\([a-z_][a-z0-9_]*( (ASC|DESC))?(, [a-z_][a-z0-9_]*( (ASC|DESC))?)*\)'
                '( WHERE [a-z_][a-z0-9_]* (IS NOT NULL|<> ''[A-Za-z0-9_.-]+''))?$') THEN
                RAISE EXCEPTION 'index % of % is not a list of columns', nth, spec ->> 'name' USING ERRCODE = '42601';
            END IF;
            EXECUTE format(
                'CREATE INDEX IF NOT EXISTS %I ON %s %s',
                (spec ->> 'name') || '_' || generation || '_idx' || nth, own_table, definition);
        END LOOP;
        EXECUTE format('ANALYZE %s', own_table);
    END LOOP;
END
$$;
