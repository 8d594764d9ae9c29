-- What one event of a log has: newest_document() its object, which is what an entity is that has outgrown its room,
-- sequence_of() its sequence. Relies on event_pkey.
-- for: function = newest_document; result = jsonb; value = hooklog.document(e.system, e.type, e.payload)
-- for: function = sequence_of; result = bigint; value = coalesce(e.sequence, hooklog.no_sequence())
CREATE OR REPLACE FUNCTION hooklog.<function>(workspace bigint, at_position bigint, since timestamptz, until timestamptz)
RETURNS <result>
LANGUAGE sql STABLE AS $$
    SELECT <value>
    FROM hooklog.event AS e
    WHERE e.workspace_id = workspace
        AND e.position = at_position
        AND e.received_at BETWEEN since AND until
$$;
