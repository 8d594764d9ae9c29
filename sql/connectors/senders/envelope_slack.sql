-- Slack Events API: {event_id, event_time (seconds), event: {type}}. https://docs.slack.dev/apis/events-api/
CREATE OR REPLACE FUNCTION hooklog.envelope_slack(payload jsonb, headers jsonb)
RETURNS TABLE (event_id text, type text, entity_type text, entity_id text, occurred_at timestamptz, livemode boolean)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1 AS $$
    SELECT
        hooklog.text(payload, 'event_id'),
        coalesce(hooklog.text(payload -> 'event', 'type'), hooklog.text(payload, 'type')),
        NULL::text,
        NULL::text,
        hooklog.from_seconds(hooklog.number(payload, 'event_time')),
        true
$$;
