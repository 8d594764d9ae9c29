-- Points the public names at the tables of a generation: a view per table, hooklog.<table> for built-in projections and
-- projection.<table> for users'. Columns that changed their type or place get a new name, <table>_<generation>.
-- The view needs a lock that queries hold: it is waited for no longer than 100 ms (55P03: try again).
CREATE OR REPLACE FUNCTION hooklog.publish_generation(built_in boolean, generation bigint, definition jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp
SET lock_timeout = '100ms'
AS $$
DECLARE
    view_schema text := CASE WHEN built_in THEN 'hooklog' ELSE 'projection' END;
    spec jsonb;
    source text;
    view_name text;
BEGIN
    FOR spec IN SELECT jsonb_array_elements(definition -> 'tables') LOOP
        source := format('%I.%I', hooklog.projection_schema(built_in), (spec ->> 'name') || '_' || generation);
        view_name := spec ->> 'name';
        BEGIN
            EXECUTE format('CREATE OR REPLACE VIEW %I.%I AS SELECT * FROM %s', view_schema, view_name, source);
        EXCEPTION WHEN invalid_table_definition THEN
            view_name := (spec ->> 'name') || '_v' || generation;
            EXECUTE format('CREATE VIEW %I.%I AS SELECT * FROM %s', view_schema, view_name, source);
            RAISE NOTICE 'the columns of % changed; the new ones are at %.%', spec ->> 'name', view_schema, view_name;
        END;
        EXECUTE format('COMMENT ON VIEW %I.%I IS %L', view_schema, view_name, spec ->> 'comment');
    END LOOP;
END
$$;
