-- Makes one function of a generation's table from a template: <verb>_<table>_<generation>(arguments).
-- A user's SELECT is not in it: it calls the function that has it; see hooklog.create_select_function(). <self> is the
-- function's name: its arguments are written <self>.<argument> where a column of the projection could hide them.
CREATE OR REPLACE FUNCTION hooklog.create_engine_function(
    projection text, generation bigint, built_in boolean, spec jsonb, verb text, arguments text, result text,
    settings text, template text
) RETURNS void
LANGUAGE plpgsql VOLATILE
AS $create$
DECLARE
    own_table text := hooklog.own_name(built_in, generation, spec ->> 'name');
    signature text := format('%s(%s)', hooklog.own_name(built_in, generation, spec ->> 'name', verb), arguments);
    self text := format('%I', concat_ws('_', verb, spec ->> 'name', generation));
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
    WHERE a.attrelid = own_table::regclass
        AND a.attnum > 11
        AND a.attname <> ALL ('{outgrown,refused_sqlstate}'::name[] || hooklog.hidden_columns())
        AND NOT a.attisdropped;
    template := hooklog.fill_template(template, jsonb_build_object(
        'page', hooklog.page_source(spec),
        'has_entity', CASE WHEN spec ->> 'kind' = 'event' THEN '' ELSE ' AND m.entity_id IS NOT NULL' END,
        'late_function', hooklog.own_name(built_in, generation, spec ->> 'name', 'late'),
        'table', own_table,
        'columns', own.columns,
        'values', own.values,
        'replacements', own.replacements,
        'projection', quote_literal(projection),
        'generation', generation,
        'self', self,
        'columns_unless_refused', 'SELECT c.* FROM (' || row_select || ') AS c WHERE ' || self || '.refusal IS NULL',
        'select', row_select));
    EXECUTE format(
        'CREATE FUNCTION %s RETURNS %s LANGUAGE plpgsql VOLATILE %s AS %L', signature, result, settings, template);
    IF NOT built_in THEN
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    END IF;
END
$create$;
