-- The object of an event of Pivotal's; archived, where the event says so and the object does not. See hooklog.document().
CREATE OR REPLACE FUNCTION hooklog.document_pivotal(type text, payload jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN type = 'customer.archived' AND NOT hooklog.object_pivotal(payload) ? 'status'
            THEN hooklog.object_pivotal(payload) || '{"status": "archived"}'
        ELSE hooklog.object_pivotal(payload)
    END
$$;
