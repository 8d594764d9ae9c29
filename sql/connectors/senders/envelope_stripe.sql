-- Stripe: {id, type, created (seconds), livemode, data: {object: {object, id}}}.
-- https://docs.stripe.com/api/events/object
CREATE OR REPLACE FUNCTION hooklog.envelope_stripe(payload jsonb, headers jsonb)
RETURNS TABLE (event_id text, type text, entity_type text, entity_id text, occurred_at timestamptz, livemode boolean)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1 AS $$
    SELECT
        hooklog.text(payload, 'id'),
        hooklog.text(payload, 'type'),
        hooklog.text(payload -> 'data' -> 'object', 'object'),
        hooklog.document_id(payload -> 'data' -> 'object', 'id'),
        hooklog.from_seconds(hooklog.number(payload, 'created')),
        hooklog.boolean(payload, 'livemode')
$$;
