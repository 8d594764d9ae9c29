-- What a connector other than Pivotal's reads of an event. See hooklog.envelope().
CREATE OR REPLACE FUNCTION hooklog.envelope_other(connector text, payload jsonb, headers jsonb)
RETURNS TABLE (event_id text, type text, entity_type text, entity_id text, occurred_at timestamptz, livemode boolean)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1 AS $$
    SELECT e.event_id, e.type, e.entity_type, e.entity_id, e.occurred_at, e.livemode
    FROM hooklog.envelope_piriod(payload, headers) AS e
    WHERE connector = 'piriod'
    UNION ALL
    SELECT e.event_id, e.type, e.entity_type, e.entity_id, e.occurred_at, e.livemode
    FROM hooklog.envelope_object(payload, headers) AS e
    WHERE connector IN ('stuut', 'ruddr')
    UNION ALL
    SELECT e.event_id, e.type, e.entity_type, e.entity_id, e.occurred_at, e.livemode
    FROM hooklog.envelope_standard_webhooks(payload, headers) AS e
    WHERE connector = 'standard-webhooks'
    UNION ALL
    SELECT e.event_id, e.type, e.entity_type, e.entity_id, e.occurred_at, e.livemode
    FROM hooklog.envelope_github(payload, headers) AS e
    WHERE connector = 'github'
    UNION ALL
    SELECT e.event_id, e.type, e.entity_type, e.entity_id, e.occurred_at, e.livemode
    FROM hooklog.envelope_stripe(payload, headers) AS e
    WHERE connector = 'stripe'
    UNION ALL
    SELECT e.event_id, e.type, e.entity_type, e.entity_id, e.occurred_at, e.livemode
    FROM hooklog.envelope_shopify(payload, headers) AS e
    WHERE connector = 'shopify'
    UNION ALL
    SELECT e.event_id, e.type, e.entity_type, e.entity_id, e.occurred_at, e.livemode
    FROM hooklog.envelope_slack(payload, headers) AS e
    WHERE connector = 'slack'
    UNION ALL
    SELECT e.event_id, e.type, e.entity_type, e.entity_id, e.occurred_at, e.livemode
    FROM hooklog.envelope_hooklog(payload, headers) AS e
    WHERE connector = 'hooklog'
    UNION ALL
    SELECT e.event_id, e.type, e.entity_type, e.entity_id, e.occurred_at, e.livemode
    FROM hooklog.envelope_hmac(payload, headers) AS e
    WHERE connector NOT IN (
        'piriod', 'stuut', 'ruddr', 'standard-webhooks', 'github', 'stripe', 'shopify', 'slack', 'hooklog')
$$;
