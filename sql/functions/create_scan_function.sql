-- Makes the function that bounds the next page of a generation and says what is in it:
--
--     scan_<generation>(workspace, after, after_received_at, max_events, max_bytes)
--     → upto, upto_received_at, events, refused (events read but not foldable), resolutions (discards in the page)
--
-- No row when there is nothing to read. A page holds at least one event. Relies on event_pkey.
CREATE OR REPLACE FUNCTION hooklog.create_scan_function(generation bigint, built_in boolean, definition jsonb)
RETURNS void
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp
AS $create$
DECLARE
    template text := $body$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT max(p.position), max(p.received_at), count(*), count(*) FILTER (WHERE p.refused), count(*) FILTER (WHERE p.resolves)
    FROM (
        SELECT
            e.position,
            e.received_at,
            sum(e.size) OVER (ORDER BY e.position) AS bytes,
            <refuses> AS refused,
            e.system = 'hooklog' AND e.type = 'dead_letter.discarded' AS resolves
        FROM hooklog.event AS e
        WHERE e.workspace_id = workspace
            AND e.position > after
            AND e.received_at >= after_received_at
        ORDER BY e.position
        LIMIT max_events
    ) AS p
    WHERE p.bytes <= max_bytes
        OR p.position = after + 1
    HAVING count(*) > 0;
END
$body$;
BEGIN
    EXECUTE format(
        'CREATE FUNCTION hooklog_data.%I(workspace bigint, after bigint, after_received_at timestamptz, '
        'max_events integer, max_bytes bigint) '
        'RETURNS TABLE (upto bigint, upto_received_at timestamptz, events bigint, refused bigint, resolutions bigint) '
        'LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET enable_seqscan = off '
        'SET enable_bitmapscan = off SET jit = off AS %L',
        'scan_' || generation,
        replace(template, '<refuses>', hooklog.refuses_condition(definition)));
END
$create$;
