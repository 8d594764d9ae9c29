-- Makes the functions that the engine calls for a table of a generation, each from a template: <verb>_<table>_<generation>().
-- A user's SELECT is not in them: they call the function that has it; see hooklog.create_select_function(). <self> is the
-- function's name: its arguments are written <self>.<argument> where a column of the projection could hide them.
-- One folds a page of the log into the table:
--
--     fold_<table>_<generation>(workspace, after, upto, since, until, horizon, refused, refusal) → bigint[]
--
-- It folds the accepted events of (after, upto], received from since to until, but those in refused. Events up to
-- horizon count when it asks whether something newer is known: upto for a page that is read for the first time, the
-- checkpoint for the retry of a single older event. refusal: the SQLSTATE with which the projection's own SELECT, or the
-- table, refused what the entity is with these events; its columns are NULL then. NULL: not tried yet.
-- Returns first how many events the table reads and cannot fold, then the newest positions of the entities that outgrew
-- their room. Relies on event_pkey and the table's primary key.
-- Entity tables get late_<table>_<generation>() beside it; see late_fold_template. For the third, see test_template.
CREATE OR REPLACE FUNCTION hooklog.create_table_functions(
    projection text, generation bigint, built_in boolean, spec jsonb
) RETURNS void
LANGUAGE plpgsql VOLATILE
AS $create$
DECLARE
    range_arguments constant text := 'workspace bigint, after bigint, upto bigint, since timestamptz, until timestamptz';
    page_arguments constant text := range_arguments || ', horizon bigint, refused bigint[], refusal text';
    settings constant text := 'SET search_path = pg_catalog, pg_temp SET TimeZone = ''UTC'' SET enable_seqscan = off '
        'SET enable_bitmapscan = off SET jit = off';
    page_settings constant text := settings || ' SET work_mem = ''64MB''';
    -- One plan serves every page; without this the planner, which has no statistics, makes a new one for each.
    planned_once constant text := page_settings || ' SET plan_cache_mode = force_generic_plan';
    own_table constant text := hooklog.own_name(built_in, generation, spec ->> 'name');
    row_select constant text := E'\n' || CASE WHEN built_in THEN spec ->> 'select'
        ELSE hooklog.select_call(generation, spec ->> 'name') END || E'\n';
    own record;
    made record;
    signature text;
    self text;
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
    FOR made IN
        SELECT f.verb, f.arguments, f.result, f.settings, f.template
        FROM (VALUES
            ('fold', 'event', page_arguments, 'bigint[]', planned_once, hooklog.event_fold_template()),
            ('fold', 'entity', page_arguments, 'bigint[]',
                planned_once || ' SET enable_hashagg = off SET enable_nestloop = off', hooklog.entity_fold_template()),
            ('late', 'entity',
                page_arguments || ', livemodes boolean[], systems text[], entity_types text[], entity_ids text[]', 'bigint[]',
                page_settings || ' SET enable_nestloop = on SET plan_cache_mode = force_custom_plan',
                hooklog.late_fold_template()),
            ('test', spec ->> 'kind', range_arguments, 'bigint', settings, hooklog.test_template())
        ) AS f (verb, kind, arguments, result, settings, template)
        WHERE f.kind = spec ->> 'kind'
    LOOP
        signature := format('%s(%s)', hooklog.own_name(built_in, generation, spec ->> 'name', made.verb), made.arguments);
        self := format('%I', concat_ws('_', made.verb, spec ->> 'name', generation));
        EXECUTE format(
            'CREATE FUNCTION %s RETURNS %s LANGUAGE plpgsql VOLATILE %s AS %L', signature, made.result, made.settings,
            hooklog.fill_template(made.template, jsonb_build_object(
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
                'select', row_select)));
        IF NOT built_in THEN
            EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
        END IF;
    END LOOP;
END
$create$;
