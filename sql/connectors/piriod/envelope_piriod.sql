-- Piriod: a delivery is thin, {event, object_id} and nothing else. It concerns no object by itself but says that one
-- changed: an event of the entity type notification. What is appended once the object is known (fetched, imported, made
-- by a command) is {event, object_id, occurred_at, livemode, data} with the vendor's object as data.
-- A signed delivery holds strings only, so none can pass for the second kind.
CREATE OR REPLACE FUNCTION hooklog.envelope_piriod(payload jsonb, headers jsonb)
RETURNS TABLE (event_id text, type text, entity_type text, entity_id text, occurred_at timestamptz, livemode boolean)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1 AS $$
    SELECT
        NULL::text,
        e.event,
        CASE WHEN e.is_whole THEN hooklog.subject(e.event) ELSE 'notification' END,
        hooklog.document_id(payload, 'object_id'),
        CASE WHEN e.is_whole THEN hooklog.parse_time(hooklog.text(payload, 'occurred_at')) END,
        CASE WHEN e.is_whole THEN hooklog.boolean(payload, 'livemode') END
    FROM (
        SELECT
            hooklog.text(payload, 'event') AS event,
            coalesce(jsonb_typeof(payload -> 'data') = 'object', false) AS is_whole
        OFFSET 0
    ) AS e
$$;
