-- Records dead letters that tell of entities; see reasons_of_entities. Each stands at the event with which it was seen.
CREATE OR REPLACE FUNCTION hooklog.tell_of_entities(
    workspace bigint, target hooklog.projection_generation, reason text, positions bigint[], states text[]
) RETURNS void
LANGUAGE sql VOLATILE
SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO hooklog.dead_letter (
        workspace_id, projection, generation, position, reason, sqlstate, attempts, first_failed_at, last_failed_at
    )
    SELECT workspace, target.projection, target.generation, p.position, reason, p.state, 1, n.seen_at, n.seen_at
    FROM unnest(positions, states) AS p (position, state)
    CROSS JOIN (SELECT clock_timestamp() AS seen_at) AS n
    ON CONFLICT DO NOTHING
$$;
