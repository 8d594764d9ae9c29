-- Records what a command of a vendor's surface decided, and returns the position of the last event. Pivotal's have the shape
-- of its webhooks, Stuut's and Ruddr's that of a Standard Webhooks body with the object as its data, Piriod's that of a
-- fetched snapshot. See hooklog.record_bodies().
--
-- events: [{"type", "object_id", "document": the whole object after it, "previous": what was of it that changed, or none,
-- "since": when it last changed, or none, "at": when that is decided, now if none}], in order; an event is never older than
-- the last change of its object, so that it always shows. Times go out to the microsecond, since the time of an event
-- decides what it overrides. A document of Piriod's may be without the id or have another; that of the row counts.
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
        array_agg('cmd_' || gen_random_uuid()::text) AS ids,
        array_agg(convert_to(
            CASE
                WHEN system = 'pivotal' THEN json_build_object(
                    'id', 'evt_' || replace(gen_random_uuid()::text, '-', ''),
                    'type', e.type,
                    'created_at', e.at,
                    'org_id', 'org_' || workspace,
                    'livemode', live,
                    'api_version', 'v1',
                    'data', CASE
                        WHEN e.previous IS NULL THEN json_build_object('object', e.document)
                        ELSE json_build_object('object', e.document, 'previous_attributes', e.previous)
                    END)
                WHEN system = 'piriod' THEN json_build_object(
                    'event', e.type,
                    'object_id', e.object_id,
                    'occurred_at', e.at,
                    'livemode', live,
                    'data', e.document)
                ELSE json_build_object('type', e.type, 'timestamp', e.at, 'livemode', live, 'data', e.document)
            END::text,
            'UTF8') ORDER BY e.ordinal) AS bodies
    INTO recorded
    FROM (
        SELECT
            v.event ->> 'type' AS type,
            v.event ->> 'object_id' AS object_id,
            v.event -> 'document' AS document,
            nullif(v.event -> 'previous', 'null') AS previous,
            hooklog.render_instant(greatest(
                coalesce((v.event ->> 'at')::timestamptz, clock_timestamp()), (v.event ->> 'since')::timestamptz)) AS at,
            v.ordinal
        FROM jsonb_array_elements(events) WITH ORDINALITY AS v (event, ordinal)
        OFFSET 0
    ) AS e;
    RETURN hooklog.record_bodies(workspace, generation, key_id, system, recorded.ids, recorded.bodies);
END
$$;
