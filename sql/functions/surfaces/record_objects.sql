-- Records what a command of a vendor's surface decided: appends the events, folds them, and returns the position of the last.
-- They have the shape of the vendor's webhooks, hooklog.shape_VENDOR(), or that of a Standard Webhooks body with the object as
-- its data; one without an id gets one. The caller holds what hooklog.start_command() gave it, so nothing comes between. Source
-- 0 is Hooklog itself; the key is recorded as the actor.
--
-- events: [{"type", "object_id", "document": the whole object after it, "previous": what was of it that changed, or none,
-- "since": when it last changed, or none, "at": when that is decided, now if none}], in order; an event is never older than
-- the last change of its object, so that it always shows. Times go out to the microsecond, since the time of an event
-- decides what it overrides. A document may be without the id or have another; that of the row counts.
-- HL006: an event would be larger than what is folded; 55P03: they could not be folded now, since the directory is changing
-- over or stands still, and nothing is recorded.
-- for: shapes = @connectors/*/shape_*
CREATE OR REPLACE FUNCTION hooklog.record_objects(
    workspace bigint, generation bigint, live boolean, key_id bigint, system text, events jsonb
) RETURNS bigint
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
    recorded record;
    receipt record;
BEGIN
    SELECT
        max(octet_length(e.body)) AS largest,
        array_agg(0::bigint) AS sources,
        array_agg(system) AS systems,
        array_agg(CASE WHEN e.id IS NULL THEN 'cmd_' || gen_random_uuid() END ORDER BY e.ordinal) AS delivery_ids,
        array_agg(e.id ORDER BY e.ordinal) AS ids,
        array_agg(e.type ORDER BY e.ordinal) AS types,
        array_agg(split_part(e.type, '.', 1) ORDER BY e.ordinal) AS entity_types,
        array_agg(e.entity_id ORDER BY e.ordinal) AS entity_ids,
        array_agg(e.at ORDER BY e.ordinal) AS times,
        array_agg(live) AS modes,
        array_agg(NULL::bigint) AS sequences,
        array_agg('{}'::jsonb) AS headers,
        array_agg(e.body ORDER BY e.ordinal) AS bodies
    INTO recorded
    FROM (
        SELECT
            v.body ->> 'id' AS id,
            v.type,
            coalesce(v.object_id, hooklog.document_id(v.document, 'id')) AS entity_id,
            v.at,
            convert_to(v.body::text, 'UTF8') AS body,
            v.ordinal
        FROM (
            SELECT
                v.*,
                CASE system
<shapes:                    WHEN '*' THEN hooklog.shape_*(
                        workspace, live, v.type, v.object_id, hooklog.render_instant(v.at), v.document, v.previous)
>                    ELSE json_build_object(
                        'type', v.type, 'timestamp', hooklog.render_instant(v.at), 'livemode', live, 'data', v.document)
                END AS body
            FROM (
                SELECT
                    v.event ->> 'type' AS type,
                    v.event ->> 'object_id' AS object_id,
                    v.event -> 'document' AS document,
                    nullif(v.event -> 'previous', 'null') AS previous,
                    greatest(
                        coalesce((v.event ->> 'at')::timestamptz, clock_timestamp()),
                        (v.event ->> 'since')::timestamptz) AS at,
                    v.ordinal
                FROM jsonb_array_elements(events) WITH ORDINALITY AS v (event, ordinal)
                OFFSET 0
            ) AS v
            OFFSET 0
        ) AS v
        OFFSET 0
    ) AS e;
    IF recorded.largest > hooklog.event_limit() THEN
        RAISE EXCEPTION 'an event is larger than % bytes', hooklog.event_limit() USING ERRCODE = 'HL006';
    END IF;
    SELECT count(*) FILTER (WHERE a.outcome = 'inserted') AS inserted, max(a.position) AS position INTO receipt
    FROM hooklog.append(
        workspace, recorded.sources, recorded.systems, recorded.delivery_ids, recorded.ids, recorded.types,
        recorded.entity_types, recorded.entity_ids, recorded.times, recorded.modes, recorded.sequences, recorded.headers,
        recorded.bodies, 'api_' || key_id) AS a;
    IF receipt.inserted <> jsonb_array_length(events) OR NOT hooklog.catch_up(workspace, generation) THEN
        RAISE EXCEPTION 'the command''s events were not folded' USING ERRCODE = '55P03';
    END IF;
    RETURN receipt.position;
END
$$;
