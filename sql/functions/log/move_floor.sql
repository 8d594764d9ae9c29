-- Moves a log's floor to its last event, so that the search for that event begins there. Returns whether it moved.
-- Takes the append lock, so that the floor never passes an event that is not committed.
CREATE OR REPLACE FUNCTION hooklog.move_floor(workspace bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    floor record;
    last record;
BEGIN
    SELECT h.floor_position, h.floor_received_at INTO floor
    FROM hooklog.log_head AS h
    WHERE h.workspace_id = workspace
    FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    SELECT e.position, e.received_at INTO last
    FROM hooklog.event AS e
    WHERE e.workspace_id = workspace
        AND e.position > floor.floor_position
        AND e.received_at >= floor.floor_received_at
    ORDER BY e.position DESC
    LIMIT 1;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE hooklog.log_head AS h
    SET floor_position = last.position,
        floor_received_at = last.received_at
    WHERE h.workspace_id = workspace;
    RETURN true;
END
$$;
