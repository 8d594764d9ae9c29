-- The object of one event of a log: what an entity is that has outgrown its room. Relies on event_pkey.
CREATE OR REPLACE FUNCTION hooklog.newest_document(workspace bigint, at_position bigint, since timestamptz, until timestamptz)
RETURNS jsonb
LANGUAGE sql STABLE AS $$
    SELECT hooklog.document(e.system, e.type, e.payload)
    FROM hooklog.event AS e
    WHERE e.workspace_id = workspace
        AND e.position = at_position
        AND e.received_at BETWEEN since AND until
$$;
