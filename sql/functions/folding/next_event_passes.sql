-- Whether the event after the one that a generation is stuck at exists and can be evaluated: then the one it is stuck at
-- is to blame, and not the server.
CREATE OR REPLACE FUNCTION hooklog.next_event_passes(point hooklog.checkpoint) RETURNS boolean
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    target hooklog.projection_generation;
    next_received_at timestamptz;
    table_name text;
BEGIN
    SELECT e.received_at INTO next_received_at
    FROM hooklog.event AS e
    WHERE e.workspace_id = point.workspace_id
        AND e.position = point.position + 2
        AND e.received_at >= point.received_at;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    SELECT g.* INTO target FROM hooklog.generation_of(point.projection, point.generation) AS g;
    FOR table_name IN SELECT t ->> 'name' FROM jsonb_array_elements(target.definition -> 'tables') AS t LOOP
        EXECUTE format(
            'SELECT %s($1, $2, $3, $4, $5)',
            hooklog.own_name(target.built_in, target.generation, table_name, 'test'))
        USING point.workspace_id, point.position + 1, point.position + 2, point.received_at, next_received_at;
    END LOOP;
    RETURN true;
EXCEPTION WHEN OTHERS THEN
    RETURN false;
END
$$;
