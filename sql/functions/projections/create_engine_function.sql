-- Makes one function of a generation's table from a template: <verb>_<table>_<generation>(arguments).
-- A user's SELECT is not in it: it calls the function that has it; see hooklog.create_select_function().
CREATE OR REPLACE FUNCTION hooklog.create_engine_function(
    projection text, generation bigint, built_in boolean, spec jsonb, verb text, arguments text, result text,
    settings text, template text
) RETURNS void
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp
AS $create$
DECLARE
    schema_name text := hooklog.projection_schema(built_in);
    table_name text := (spec ->> 'name') || '_' || generation;
    function_name text := format('%I.%I(%s)', schema_name, verb || '_' || table_name, arguments);
    row_select text := E'\n' || CASE WHEN built_in THEN spec ->> 'select'
        ELSE hooklog.select_call(generation, spec ->> 'name') END || E'\n';
    own record;
BEGIN
    SELECT
        coalesce(string_agg(format(', %I', a.attname), '' ORDER BY a.attnum), '') AS columns,
        coalesce(string_agg(format(', c.%I', a.attname), '' ORDER BY a.attnum), '') AS values,
        coalesce(string_agg(format(', %1$I = excluded.%1$I', a.attname), '' ORDER BY a.attnum), '') AS replacements
    INTO own
    FROM pg_attribute AS a
    WHERE a.attrelid = format('%I.%I', schema_name, table_name)::regclass
        AND a.attnum > 11
        AND a.attname <> ALL (hooklog.state_columns())
        AND NOT a.attisdropped;
    template := hooklog.fill_template(template, jsonb_build_object(
        'page', hooklog.page_source(spec),
        'accepts', hooklog.accepts_condition(spec),
        'has_entity', CASE WHEN spec ->> 'kind' = 'event' THEN '' ELSE ' AND m.entity_id IS NOT NULL' END,
        'late_function', format('%I.%I', schema_name, 'late_' || table_name),
        'table', format('%I.%I', schema_name, table_name),
        'columns', own.columns,
        'values', own.values,
        'replacements', own.replacements,
        'projection', quote_literal(projection),
        'generation', generation,
        'columns_unless_refused', 'SELECT c.* FROM (' || row_select || ') AS c WHERE step.refused_with IS NULL',
        'select', row_select));
    EXECUTE format(
        'CREATE FUNCTION %s RETURNS %s LANGUAGE plpgsql VOLATILE %s AS %L', function_name, result, settings, template);
    IF NOT built_in THEN
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', function_name);
    END IF;
END
$create$;
