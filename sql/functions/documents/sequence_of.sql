-- The sequence of one event of a log. Relies on event_pkey.
CREATE OR REPLACE FUNCTION hooklog.sequence_of(workspace bigint, at_position bigint, since timestamptz, until timestamptz)
RETURNS bigint
LANGUAGE sql STABLE AS $$
    SELECT coalesce(e.sequence, hooklog.no_sequence())
    FROM hooklog.event AS e
    WHERE e.workspace_id = workspace
        AND e.position = at_position
        AND e.received_at BETWEEN since AND until
$$;
