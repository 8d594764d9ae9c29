-- Points the public names at the tables of a generation: a view per table, hooklog.<table> for built-in projections and
-- projection.<table> for users'. Columns that were added stand at the end of the view. Where one changed its type
-- or is gone, the view stays on the generation it shows until that is dropped, and the new columns get a new name,
-- <table>_v<generation>.
-- The view needs a lock that queries hold: it is waited for no longer than 100 ms (55P03: try again).
CREATE OR REPLACE FUNCTION hooklog.publish_generation(built_in boolean, generation bigint, definition jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE
SET lock_timeout = '100ms'
AS $$
DECLARE
    view_schema text := CASE WHEN built_in THEN 'hooklog' ELSE 'projection' END;
    spec jsonb;
    source text;
    view_name text;
    published boolean;
BEGIN
    FOR spec IN SELECT jsonb_array_elements(definition -> 'tables') LOOP
        source := hooklog.own_name(built_in, generation, spec ->> 'name');
        published := false;
        FOR view_name IN SELECT hooklog.published_names(built_in, spec ->> 'name') LOOP
            BEGIN
                EXECUTE format(
                    'CREATE OR REPLACE VIEW %1$I.%2$I AS SELECT %4$s FROM %3$s', view_schema, view_name, source,
                    hooklog.shown_columns(format('%I.%I', view_schema, view_name), source));
                published := true;
            EXCEPTION WHEN invalid_table_definition THEN
                RAISE NOTICE 'the columns of %.% changed', view_schema, view_name;
            END;
        END LOOP;
        IF NOT published THEN
            view_name := (spec ->> 'name') || '_v' || generation;
            EXECUTE format(
                'CREATE VIEW %I.%I AS SELECT %s FROM %s', view_schema, view_name,
                hooklog.shown_columns(NULL, source), source);
            EXECUTE format('COMMENT ON VIEW %I.%I IS %L', view_schema, view_name, spec ->> 'comment');
        ELSIF to_regclass(format('%I.%I', view_schema, spec ->> 'name')) IS NOT NULL THEN
            EXECUTE format('COMMENT ON VIEW %I.%I IS %L', view_schema, spec ->> 'name', spec ->> 'comment');
        END IF;
    END LOOP;
END
$$;
