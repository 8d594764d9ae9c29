-- What stands before and after an object in the event of its vendor's shape that an import appends. The object's own bytes
-- come between, as they were read. Only Pivotal's events have their id in them.
CREATE OR REPLACE FUNCTION hooklog.import_envelope(
    connector text,
    workspace bigint,
    live boolean,
    event_id text,
    type text,
    entity_id text,
    at timestamptz
) RETURNS TABLE (head text, tail text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1 AS $$
    SELECT
        CASE connector
            WHEN 'pivotal' THEN format(
                '{"id":"%s","type":"%s","created_at":"%s","org_id":"org_%s","livemode":%s,"api_version":"v1",'
                    '"data":{"object":',
                event_id, type, hooklog.render_instant(at), workspace, live::text)
            WHEN 'piriod' THEN format(
                '{"event":"%s","object_id":%s,"occurred_at":"%s","livemode":%s,"data":',
                type, to_json(entity_id), hooklog.render_instant(at), live::text)
            ELSE format(
                '{"type":"%s","timestamp":"%s","livemode":%s,"data":', type, hooklog.render_instant(at), live::text)
        END,
        CASE connector WHEN 'pivotal' THEN '}}' ELSE '}' END
$$;
