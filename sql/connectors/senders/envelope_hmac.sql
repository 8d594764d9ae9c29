-- Any other sender: an id, a type and a time where the source says that they stand, which is kept with the headers under
-- reserved names, or else where most put them. An id in a header is not taken from there: when it is signed it is the
-- delivery's id, and otherwise the body's hash is the event's.
-- In plpgsql so that it is not inlined: appends of other connectors' events need not prepare any of it.
CREATE OR REPLACE FUNCTION hooklog.envelope_hmac(payload jsonb, headers jsonb)
RETURNS TABLE (event_id text, type text, entity_type text, entity_id text, occurred_at timestamptz, livemode boolean)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 1 AS $$
DECLARE
    id_at text := hooklog.text(headers, 'hooklog-id-at');
    time_at text := hooklog.text(headers, 'hooklog-time-at');
BEGIN
    event_id := CASE
        WHEN id_at IS NULL THEN hooklog.text(payload, 'id')
        WHEN id_at LIKE 'body:%' THEN hooklog.located(payload, headers, id_at)
    END;
    type := CASE
        WHEN headers ? 'hooklog-type-at' THEN hooklog.located(payload, headers, hooklog.text(headers, 'hooklog-type-at'))
        ELSE hooklog.text(payload, 'type')
    END;
    entity_type := split_part(type, '.', 1);
    entity_id := hooklog.document_id(payload -> 'data', 'id');
    occurred_at := CASE
        WHEN time_at IS NULL
            THEN hooklog.parse_time(coalesce(hooklog.text(payload, 'created_at'), hooklog.text(payload, 'timestamp')))
        ELSE hooklog.any_time(hooklog.located(payload, headers, time_at))
    END;
    livemode := hooklog.boolean(payload, 'livemode');
    RETURN NEXT;
END
$$;
