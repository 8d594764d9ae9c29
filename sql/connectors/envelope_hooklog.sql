-- Hooklog's own events, {type, data}: what an operator decided, such as dead_letter.discarded. They concern no entity,
-- happened when they were recorded, and saying the same thing twice is one event: the body's hash is its id.
CREATE OR REPLACE FUNCTION hooklog.envelope_hooklog(payload jsonb, headers jsonb)
RETURNS TABLE (event_id text, type text, entity_type text, entity_id text, occurred_at timestamptz, livemode boolean)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1 AS $$
    SELECT
        NULL::text,
        hooklog.text(payload, 'type'),
        split_part(hooklog.text(payload, 'type'), '.', 1),
        NULL::text,
        NULL::timestamptz,
        true
$$;
