-- Vendors that publish no webhooks: the Standard Webhooks body {type, timestamp, data} with the vendor's object as data,
-- such as internal_contact.updated, and livemode where it matters. The id is the delivery's signed webhook-id.
CREATE OR REPLACE FUNCTION hooklog.envelope_object(payload jsonb, headers jsonb)
RETURNS TABLE (event_id text, type text, entity_type text, entity_id text, occurred_at timestamptz, livemode boolean)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1 AS $$
    SELECT
        NULL::text,
        hooklog.text(payload, 'type'),
        hooklog.subject(hooklog.text(payload, 'type')),
        hooklog.document_id(payload -> 'data', 'id'),
        hooklog.parse_time(hooklog.text(payload, 'timestamp')),
        hooklog.boolean(payload, 'livemode')
$$;
