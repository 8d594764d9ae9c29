-- Records what a command of a vendor's surface decided, and returns the position of the last event. They have the shape of
-- the vendor's webhooks, hooklog.shape_VENDOR(), or that of a Standard Webhooks body with the object as its data. See
-- hooklog.record_bodies().
--
-- events: [{"type", "object_id", "document": the whole object after it, "previous": what was of it that changed, or none,
-- "since": when it last changed, or none, "at": when that is decided, now if none}], in order; an event is never older than
-- the last change of its object, so that it always shows. Times go out to the microsecond, since the time of an event
-- decides what it overrides. A document may be without the id or have another; that of the row counts.
-- for: shapes = @connectors/*/shape_*
CREATE OR REPLACE FUNCTION hooklog.record_objects(
    workspace bigint, generation bigint, live boolean, key_id bigint, system text, events jsonb
) RETURNS bigint
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp
SET TimeZone = 'UTC'
AS $$
#variable_conflict use_column
DECLARE
    recorded record;
BEGIN
    SELECT
        array_agg(e.body ->> 'id' ORDER BY e.ordinal) AS ids,
        array_agg(e.type ORDER BY e.ordinal) AS types,
        array_agg(e.entity_id ORDER BY e.ordinal) AS entity_ids,
        array_agg(e.at ORDER BY e.ordinal) AS times,
        array_agg(convert_to(e.body::text, 'UTF8') ORDER BY e.ordinal) AS bodies
    INTO recorded
    FROM (
        SELECT
            CASE system
<shapes:                WHEN '*' THEN hooklog.shape_*(
                    workspace, live, v.type, v.object_id, hooklog.render_instant(v.at), v.document, v.previous)
>                ELSE json_build_object(
                    'type', v.type, 'timestamp', hooklog.render_instant(v.at), 'livemode', live, 'data', v.document)
            END AS body,
            v.type,
            coalesce(v.object_id, hooklog.document_id(v.document, 'id')) AS entity_id,
            v.at,
            v.ordinal
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
    ) AS e;
    RETURN hooklog.record_bodies(
        workspace, generation, live, key_id, system, recorded.ids, recorded.types, recorded.entity_ids, recorded.times,
        recorded.bodies);
END
$$;
