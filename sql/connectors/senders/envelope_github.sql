-- GitHub: the type is the X-GitHub-Event header and the body's action. The delivery id is not signed, so the body's
-- hash is the event's id. https://docs.github.com/en/webhooks/webhook-events-and-payloads
CREATE OR REPLACE FUNCTION hooklog.envelope_github(payload jsonb, headers jsonb)
RETURNS TABLE (event_id text, type text, entity_type text, entity_id text, occurred_at timestamptz, livemode boolean)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1 AS $$
    SELECT
        NULL::text,
        concat_ws('.', hooklog.text(headers, 'x-github-event'), hooklog.text(payload, 'action')),
        hooklog.text(headers, 'x-github-event'),
        hooklog.document_id(payload -> hooklog.text(headers, 'x-github-event'), 'id'),
        NULL::timestamptz,
        true
$$;
