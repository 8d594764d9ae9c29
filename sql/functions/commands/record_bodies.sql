-- Records what a command decided: appends the events that these bodies are, of one vendor, folds them, and returns the
-- position of the last. The caller holds what hooklog.begin_command() gave it, so nothing comes between.
--
-- The arrays are what the bodies' envelopes say, see hooklog.append(); an event without an id of its own gets one. Source 0
-- is Hooklog itself; the key is recorded as the actor. HL006: an event would be larger than what is folded; 55P03: they could
-- not be folded now, since the directory is changing over or stands still, and nothing is recorded.
CREATE OR REPLACE FUNCTION hooklog.record_bodies(
    workspace bigint,
    generation bigint,
    live boolean,
    key_id bigint,
    system text,
    event_ids text[],
    types text[],
    entity_ids text[],
    times timestamptz[],
    bodies bytea[]
) RETURNS bigint
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    receipt record;
BEGIN
    IF (SELECT max(octet_length(b.body)) FROM unnest(bodies) AS b (body)) > hooklog.event_limit() THEN
        RAISE EXCEPTION 'an event is larger than % bytes', hooklog.event_limit() USING ERRCODE = 'HL006';
    END IF;
    SELECT count(*) FILTER (WHERE a.outcome = 'inserted') AS inserted, max(a.position) AS position INTO receipt
    FROM (
        SELECT
            array_agg(0::bigint) AS sources,
            array_agg(system) AS systems,
            array_agg(CASE WHEN u.event_id IS NULL THEN 'cmd_' || gen_random_uuid() END ORDER BY u.nth) AS delivery_ids,
            array_agg(hooklog.subject(u.type) ORDER BY u.nth) AS entity_types,
            array_agg(live) AS modes,
            array_agg(NULL::bigint) AS sequences,
            array_agg('{}'::jsonb) AS headers
        FROM unnest(event_ids, types) WITH ORDINALITY AS u (event_id, type, nth)
    ) AS e
    CROSS JOIN LATERAL hooklog.append(
        workspace, e.sources, e.systems, e.delivery_ids, event_ids, types, e.entity_types, entity_ids, times, e.modes,
        e.sequences, e.headers, bodies, 'api_' || key_id) AS a;
    IF receipt.inserted <> cardinality(bodies) OR NOT hooklog.catch_up(workspace, generation, '1 second') THEN
        RAISE EXCEPTION 'the command''s events were not folded' USING ERRCODE = '55P03';
    END IF;
    RETURN receipt.position;
END
$$;
