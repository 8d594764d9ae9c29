-- Moves a log's floor to its last event, so that the search for that event begins there. Returns whether it moved.
-- Takes the append lock, so that the floor never passes an event that is not committed.
CREATE OR REPLACE FUNCTION hooklog.move_floor(workspace bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER AS $$
BEGIN
    PERFORM FROM hooklog.log_head AS h WHERE h.workspace_id = workspace FOR UPDATE;
    UPDATE hooklog.log_head AS h
    SET floor_position = e.position,
        floor_received_at = e.received_at
    FROM hooklog.head(workspace) AS e
    WHERE h.workspace_id = workspace
        AND e.position > h.floor_position;
    RETURN FOUND;
END
$$;
