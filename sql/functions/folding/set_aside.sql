-- Records dead letters of the generation and workspace of a checkpoint, each with its SQLSTATE (states: NULL for none). Those
-- that tell of entities (outgrown, refused_as_a_whole) stand at the event with which that was seen.
CREATE OR REPLACE FUNCTION hooklog.set_aside(
    point hooklog.checkpoint, reason text, positions bigint[], states text[], attempts integer DEFAULT 1
) RETURNS void
LANGUAGE sql VOLATILE
SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO hooklog.dead_letter (
        workspace_id, projection, generation, position, reason, sqlstate, attempts, first_failed_at, last_failed_at
    )
    SELECT
        point.workspace_id, point.projection, point.generation, p.position, reason, p.state, attempts, n.seen_at, n.seen_at
    FROM unnest(positions, states) AS p (position, state)
    CROSS JOIN (SELECT clock_timestamp() AS seen_at) AS n
    ON CONFLICT DO NOTHING
$$;
