-- The fields of an event as JSON text, but for its source's id and its payload, which are not PostgreSQL's to write.
CREATE OR REPLACE FUNCTION hooklog.event_fields(e hooklog.event) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT json_build_object(
        'position', e.position,
        'id', e.event_id,
        'type', e.type,
        'system', e.system,
        'livemode', e.livemode,
        'entity_type', e.entity_type,
        'entity_id', e.entity_id,
        'occurred_at', hooklog.render_instant(e.occurred_at),
        'sequence', e.sequence,
        'received_at', hooklog.render_instant(e.received_at),
        'delivery_id', e.delivery_id,
        'actor', e.actor,
        'headers', e.headers,
        'size', e.size,
        'body_sha256', encode(e.body_sha256, 'hex'),
        'payload_note', e.payload_note
    )::text
$$;
