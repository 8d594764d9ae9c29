-- Standard Webhooks: {type, timestamp, data}; the id is the delivery's signed webhook-id.
CREATE OR REPLACE FUNCTION hooklog.envelope_standard_webhooks(payload jsonb, headers jsonb)
RETURNS TABLE (event_id text, type text, entity_type text, entity_id text, occurred_at timestamptz, livemode boolean)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1 AS $$
    SELECT
        NULL::text,
        hooklog.text(payload, 'type'),
        split_part(hooklog.text(payload, 'type'), '.', 1),
        hooklog.document_id(payload -> 'data', 'id'),
        hooklog.parse_time(hooklog.text(payload, 'timestamp')),
        hooklog.boolean(payload, 'livemode')
$$;
