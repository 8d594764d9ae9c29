-- Makes the functions that the engine calls for a table of a generation. One folds a page of the log into it:
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
BEGIN
    IF spec ->> 'kind' = 'event' THEN
        PERFORM hooklog.create_engine_function(
            projection, generation, built_in, spec, 'fold', page_arguments, 'bigint[]', planned_once,
            hooklog.event_fold_template());
    ELSE
        PERFORM hooklog.create_engine_function(
            projection, generation, built_in, spec, 'fold', page_arguments, 'bigint[]',
            planned_once || ' SET enable_hashagg = off SET enable_nestloop = off', hooklog.entity_fold_template());
        PERFORM hooklog.create_engine_function(
            projection, generation, built_in, spec, 'late',
            page_arguments || ', livemodes boolean[], systems text[], entity_types text[], entity_ids text[]', 'bigint[]',
            page_settings || ' SET enable_nestloop = on SET plan_cache_mode = force_custom_plan',
            hooklog.late_fold_template());
    END IF;
    PERFORM hooklog.create_engine_function(
        projection, generation, built_in, spec, 'test', range_arguments, 'bigint', settings, hooklog.test_template());
END
$create$;
