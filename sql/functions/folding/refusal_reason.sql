-- Why an event that a projection reads cannot be folded, in a word that operators see.
CREATE OR REPLACE FUNCTION hooklog.refusal_reason(event hooklog.event) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN event.payload IS NULL THEN coalesce(event.payload_note, 'not_json')
        WHEN event.size > hooklog.event_limit() THEN 'too_large'
        WHEN jsonb_typeof(hooklog.document(event.system, event.type, event.payload)) IS DISTINCT FROM 'object' THEN 'no_object'
        ELSE 'no_entity_id'
    END
$$;
