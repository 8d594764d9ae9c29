-- What a connector reads of an event: the one place that knows every connector, with hooklog.envelope_other().
-- Returns one row; all NULL for a body that is not representable.
-- Pivotal stands apart, so that its events pass by one condition and not by one for each of the others. OFFSET 0 keeps
-- that condition from being tested in each of them.
CREATE OR REPLACE FUNCTION hooklog.envelope(connector text, payload jsonb, headers jsonb)
RETURNS TABLE (event_id text, type text, entity_type text, entity_id text, occurred_at timestamptz, livemode boolean)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1 AS $$
    SELECT e.event_id, e.type, e.entity_type, e.entity_id, e.occurred_at, e.livemode
    FROM hooklog.envelope_pivotal(payload, headers) AS e
    WHERE connector = 'pivotal'
    UNION ALL
    SELECT e.event_id, e.type, e.entity_type, e.entity_id, e.occurred_at, e.livemode
    FROM (
        SELECT o.event_id, o.type, o.entity_type, o.entity_id, o.occurred_at, o.livemode
        FROM hooklog.envelope_other(connector, payload, headers) AS o
        OFFSET 0
    ) AS e
    WHERE connector <> 'pivotal'
$$;
