-- What stands before and after an object in the event of its vendor's shape that an import appends, hooklog.import_VENDOR()
-- or that of a Standard Webhooks body, and whether the event's id is in it. The object's own bytes come between, as they
-- were read.
-- for: vendors = @connectors/*/import_*
CREATE OR REPLACE FUNCTION hooklog.import_envelope(
    connector text,
    workspace bigint,
    live boolean,
    event_id text,
    type text,
    entity_id text,
    at timestamptz
) RETURNS TABLE (head text, tail text, has_id boolean)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1 AS $$
    SELECT e.shape[1], e.shape[2], strpos(e.shape[1], event_id) > 0
    FROM (
        SELECT CASE connector
<vendors:            WHEN '*' THEN hooklog.import_*(workspace, live, event_id, type, entity_id, hooklog.render_instant(at))
>            ELSE ARRAY[
                format('{"type":"%s","timestamp":"%s","livemode":%s,"data":', type, hooklog.render_instant(at), live::text),
                '}']
        END AS shape
        OFFSET 0
    ) AS e
$$;
