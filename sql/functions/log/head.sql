-- The head of a workspace's log: the last committed position and when it was received. An empty log gives 0 and NULL, an
-- unknown workspace no row. Relies on event_pkey; the floor prunes old partitions.
CREATE OR REPLACE FUNCTION hooklog.head(workspace bigint)
RETURNS TABLE ("position" bigint, received_at timestamptz)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 1
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    floor record;
    last record;
BEGIN
    SELECT h.floor_position, h.floor_received_at INTO floor
    FROM hooklog.log_head AS h
    WHERE h.workspace_id = workspace;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    SELECT e.position, e.received_at INTO last
    FROM hooklog.last_event(workspace, floor.floor_position, floor.floor_received_at) AS e;
    RETURN QUERY
    SELECT
        coalesce(last.position, floor.floor_position),
        coalesce(last.received_at, CASE WHEN floor.floor_position > 0 THEN floor.floor_received_at END);
END
$$;
