-- Makes one function of a generation's table from a template: <verb>_<table>_<generation>(arguments).
-- A user's projection runs as the role that can read the log and write its own schema only.
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
    own record;
BEGIN
    SELECT
        coalesce(string_agg(format(', %I', a.attname), '' ORDER BY a.attnum), '') AS columns,
        coalesce(string_agg(format(', %1$I = excluded.%1$I', a.attname), '' ORDER BY a.attnum), '') AS replacements
    INTO own
    FROM pg_attribute AS a
    WHERE a.attrelid = format('%I.%I', schema_name, table_name)::regclass
        AND a.attnum > 11
        AND a.attname <> ALL (hooklog.state_columns())
        AND NOT a.attisdropped;
    template := replace(template, '<page>', hooklog.page_source(spec));
    template := replace(template, '<accepts>', hooklog.accepts_condition(spec));
    template := replace(
        template, '<has_entity>', CASE WHEN spec ->> 'kind' = 'event' THEN '' ELSE ' AND m.entity_id IS NOT NULL' END);
    template := replace(template, '<late_function>', format('%I.%I', schema_name, 'late_' || table_name));
    template := replace(template, '<table>', format('%I.%I', schema_name, table_name));
    template := replace(template, '<columns>', own.columns);
    template := replace(template, '<replacements>', own.replacements);
    template := replace(template, '<projection>', quote_literal(projection));
    template := replace(template, '<generation>', generation::text);
    template := replace(
        template, '<columns_unless_refused>', 'SELECT c.* FROM (<select>) AS c WHERE step.refused_with IS NULL');
    template := replace(template, '<select>', E'\n' || (spec ->> 'select') || E'\n');
    EXECUTE format(
        'CREATE FUNCTION %s RETURNS %s LANGUAGE plpgsql VOLATILE %s %s AS %L',
        function_name, result, CASE WHEN built_in THEN '' ELSE 'SECURITY DEFINER' END, settings, template);
    IF NOT built_in THEN
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', function_name);
        EXECUTE format('ALTER FUNCTION %s OWNER TO hooklog_projection', function_name);
    END IF;
END
$create$;
