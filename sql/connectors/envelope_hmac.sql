-- Any other sender: an id, a type and a time where the source says that they stand, which is kept with the headers under
-- reserved names, or else where most put them. An id in a header is not taken from there: when it is signed it is the
-- delivery's id, and otherwise the body's hash is the event's.
CREATE OR REPLACE FUNCTION hooklog.envelope_hmac(payload jsonb, headers jsonb)
RETURNS TABLE (event_id text, type text, entity_type text, entity_id text, occurred_at timestamptz, livemode boolean)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1 AS $$
    SELECT
        CASE
            WHEN e.id_at IS NULL THEN hooklog.text(payload, 'id')
            WHEN e.id_at LIKE 'body:%' THEN hooklog.located(payload, headers, e.id_at)
        END,
        e.type,
        split_part(e.type, '.', 1),
        hooklog.document_id(payload -> 'data', 'id'),
        CASE
            WHEN e.time_at IS NULL
                THEN hooklog.parse_time(coalesce(hooklog.text(payload, 'created_at'), hooklog.text(payload, 'timestamp')))
            ELSE hooklog.any_time(hooklog.located(payload, headers, e.time_at))
        END,
        hooklog.boolean(payload, 'livemode')
    FROM (
        SELECT
            hooklog.text(headers, 'hooklog-id-at') AS id_at,
            hooklog.text(headers, 'hooklog-time-at') AS time_at,
            CASE
                WHEN headers ? 'hooklog-type-at'
                    THEN hooklog.located(payload, headers, hooklog.text(headers, 'hooklog-type-at'))
                ELSE hooklog.text(payload, 'type')
            END AS type
        OFFSET 0
    ) AS e
$$;
