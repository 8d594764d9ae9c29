-- Shopify: the topic and the time stand in headers, the body is the object itself.
-- https://shopify.dev/docs/apps/build/webhooks
CREATE OR REPLACE FUNCTION hooklog.envelope_shopify(payload jsonb, headers jsonb)
RETURNS TABLE (event_id text, type text, entity_type text, entity_id text, occurred_at timestamptz, livemode boolean)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1 AS $$
    SELECT
        NULL::text,
        hooklog.text(headers, 'x-shopify-topic'),
        split_part(hooklog.text(headers, 'x-shopify-topic'), '/', 1),
        hooklog.document_id(payload, 'id'),
        hooklog.parse_time(hooklog.text(headers, 'x-shopify-triggered-at')),
        true
$$;
