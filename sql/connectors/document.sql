-- The object of an event that projections fold, by the system it came from.
CREATE OR REPLACE FUNCTION hooklog.document(system text, type text, payload jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE system
        WHEN 'pivotal' THEN CASE
            WHEN type = 'customer.archived' AND NOT hooklog.object_pivotal(payload) ? 'status'
                THEN hooklog.object_pivotal(payload) || '{"status": "archived"}'
            ELSE hooklog.object_pivotal(payload)
        END
        WHEN 'stripe' THEN payload #> '{data,object}'
        WHEN 'github' THEN payload
        WHEN 'shopify' THEN payload
        WHEN 'slack' THEN payload -> 'event'
        ELSE payload -> 'data'
    END
$$;
