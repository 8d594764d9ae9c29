-- Makes the function that bounds the next page of a generation and says what is in it:
--
--     scan_<generation>(workspace, after, after_received_at, max_events, max_bytes)
--     → upto, upto_received_at, events, unparsed (bodies that are not JSON, of systems it reads),
--       resolutions (discards in the page), touched (for each table in the definition's order: it reads one of them)
--
-- No row when there is nothing to read. A page holds at least one event. It never looks into a payload: that costs more
-- than the rest of the scan. Sizes are summed up event by event only when the page turns out to have too many bytes.
-- Relies on event_pkey. One plan serves every page, as in create_table_functions.
CREATE OR REPLACE FUNCTION hooklog.create_scan_function(generation bigint, definition jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE
AS $create$
DECLARE
    page constant text := $page$(
            SELECT e.position, e.received_at, e.size, e.system, e.type, e.entity_type, e.payload IS NULL AS is_unparsed
            FROM hooklog.event AS e
            WHERE e.workspace_id = workspace
                AND e.position > after
                AND e.received_at >= after_received_at
            ORDER BY e.position
            LIMIT max_events
        )$page$;
    template constant text := $body$
#variable_conflict use_column
DECLARE
    page record;
BEGIN
    LOOP
        SELECT
            max(e.position) AS upto,
            max(e.received_at) AS upto_received_at,
            count(*) AS events,
            sum(e.size) AS bytes,
            count(*) FILTER (WHERE e.is_unparsed AND e.system = ANY (<systems>)) AS unparsed,
            count(*) FILTER (WHERE e.system = 'hooklog' AND e.type = 'dead_letter.discarded') AS resolutions,
            ARRAY[<touched>] AS touched
        INTO page
        FROM <page> AS e;
        EXIT WHEN page.events <= 1 OR page.bytes <= max_bytes;
        SELECT greatest(1, count(*)) INTO max_events
        FROM (
            SELECT sum(e.size) OVER (ORDER BY e.position ROWS UNBOUNDED PRECEDING) AS bytes
            FROM <page> AS e
        ) AS e
        WHERE e.bytes <= max_bytes;
    END LOOP;
    IF page.events > 0 THEN
        RETURN QUERY SELECT
            page.upto, page.upto_received_at, page.events, page.unparsed, page.resolutions, page.touched;
    END IF;
END
$body$;
    touched text;
BEGIN
    SELECT string_agg(format('coalesce(bool_or(%s), false)', hooklog.reads_condition(t.spec -> 'reads')), ', ' ORDER BY t.nth)
    INTO touched
    FROM jsonb_array_elements(definition -> 'tables') WITH ORDINALITY AS t (spec, nth);
    EXECUTE format(
        'CREATE FUNCTION hooklog_data.%I(workspace bigint, after bigint, after_received_at timestamptz, '
        'max_events integer, max_bytes bigint) '
        'RETURNS TABLE (upto bigint, upto_received_at timestamptz, events bigint, unparsed bigint, resolutions bigint, '
        'touched boolean[]) '
        'LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET enable_seqscan = off '
        'SET enable_bitmapscan = off SET jit = off SET plan_cache_mode = force_generic_plan AS %L',
        'scan_' || generation,
        hooklog.fill_template(template, jsonb_build_object(
            'page', page, 'touched', touched, 'systems', format('%L::text[]', hooklog.systems_read(definition)))));
END
$create$;
