-- Records what a command decided: appends the events that these bodies are, of one vendor, folds them, and returns the
-- position of the last. The caller holds what hooklog.begin_command() gave it, so nothing comes between.
--
-- delivery_ids: what stands for the ids of events whose envelope has none, or NULL. Source 0 is Hooklog itself; the key
-- is recorded as the actor. HL006: an event would be larger than what is folded; 55P03: they could not be folded now, since
-- the directory is changing over or stands still, and nothing is recorded.
CREATE OR REPLACE FUNCTION hooklog.record_bodies(
    workspace bigint, generation bigint, key_id bigint, system text, delivery_ids text[], bodies bytea[]
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
    FROM hooklog.append(
        workspace,
        array_fill(0::bigint, ARRAY[cardinality(bodies)]),
        array_fill(system, ARRAY[cardinality(bodies)]),
        delivery_ids,
        array_fill('{}'::jsonb, ARRAY[cardinality(bodies)]),
        bodies,
        'api_' || key_id) AS a;
    IF receipt.inserted <> cardinality(bodies) OR NOT hooklog.catch_up(workspace, generation, '1 second') THEN
        RAISE EXCEPTION 'the command''s events were not folded' USING ERRCODE = '55P03';
    END IF;
    RETURN receipt.position;
END
$$;
