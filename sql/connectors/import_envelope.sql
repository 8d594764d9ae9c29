-- What stands before and after an object in the event of its vendor's shape that an import appends, and whether the event's id
-- is in it. The object's own bytes come between, as they were read. The shape is hooklog.import_VENDOR() or that of a Standard
-- Webhooks body: the object stands at |, and what format() puts in is the id, the type, the time, the workspace,
-- whether the object is live data, and its id as JSON.
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
    SELECT e.head, e.tail, strpos(e.head, event_id) > 0
    FROM (
        SELECT
            format(
                split_part(s.shape, '|', 1), event_id, type, hooklog.render_instant(at), workspace, live::text,
                to_json(entity_id)) AS head,
            split_part(s.shape, '|', 2) AS tail
        FROM (
            SELECT CASE connector
<vendors:                WHEN '*' THEN hooklog.import_*()
>                ELSE '{"type":"%2$s","timestamp":"%3$s","livemode":%5$s,"data":|}'
            END AS shape
        ) AS s
        OFFSET 0
    ) AS e
$$;
