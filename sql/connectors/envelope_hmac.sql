-- Any other sender: an id, a type and a time where most put them.
CREATE OR REPLACE FUNCTION hooklog.envelope_hmac(payload jsonb, headers jsonb)
RETURNS TABLE (event_id text, type text, entity_type text, entity_id text, occurred_at timestamptz, livemode boolean)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1 AS $$
    SELECT
        hooklog.text(payload, 'id'),
        hooklog.text(payload, 'type'),
        split_part(hooklog.text(payload, 'type'), '.', 1),
        hooklog.document_id(payload -> 'data', 'id'),
        hooklog.parse_time(coalesce(hooklog.text(payload, 'created_at'), hooklog.text(payload, 'timestamp'))),
        hooklog.boolean(payload, 'livemode')
$$;
