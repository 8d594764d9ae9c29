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
        -- In memory, as the object of any other system is: of a stored one only the packed size would be seen.
        WHEN 'github' THEN hooklog.unpacked(payload)
        WHEN 'shopify' THEN hooklog.unpacked(payload)
        WHEN 'slack' THEN payload -> 'event'
        ELSE payload -> 'data'
    END
$$;
