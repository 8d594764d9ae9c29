-- Marks the dead letters of a generation as discarded whose discards stand in (checkpoint, upto] of the log.
CREATE OR REPLACE FUNCTION hooklog.resolve_discarded(point hooklog.checkpoint, upto bigint) RETURNS void
LANGUAGE sql VOLATILE
SET search_path = pg_catalog, pg_temp
AS $$
    UPDATE hooklog.dead_letter AS d
    SET resolved_at = e.received_at,
        resolution = 'discarded'
    FROM (
        SELECT
            hooklog.integer(e.payload -> 'data', 'position') AS dead_position,
            min(e.received_at) AS received_at
        FROM (
            SELECT e.system, e.type, e.received_at, e.payload
            FROM hooklog.event AS e
            WHERE e.workspace_id = point.workspace_id
                AND e.position > point.position
                AND e.position <= upto
                AND e.received_at >= point.received_at
            OFFSET 0
        ) AS e
        WHERE e.system = 'hooklog'
            AND e.type = 'dead_letter.discarded'
            AND hooklog.text(e.payload -> 'data', 'projection') = point.projection
        GROUP BY 1
    ) AS e
    WHERE d.workspace_id = point.workspace_id
        AND d.projection = point.projection
        AND d.generation = point.generation
        AND d.position = e.dead_position
        AND d.resolved_at IS NULL
$$;
