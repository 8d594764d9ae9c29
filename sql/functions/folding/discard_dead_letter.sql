-- Discards a dead letter for good: the discard is itself an event of the workspace's log (system hooklog, type
-- dead_letter.discarded), so that a rebuild knows it, and takes effect when the projection reads it.
--
-- $1 workspace     bigint
-- $2 projection    text
-- $3 dead_position bigint  the event that was set aside
-- $4 actor         text    who discards it
--
-- Returns discarded (recorded now), duplicate (it was recorded before), resolved (it was retried with success) or missing
-- (the active generation has no dead letter there), and the position of the discard.
CREATE OR REPLACE FUNCTION hooklog.discard_dead_letter(
    workspace bigint, projection text, dead_position bigint, actor text
) RETURNS TABLE (outcome text, "position" bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER ROWS 1 AS $$
DECLARE
    letter record;
    receipt record;
BEGIN
    SELECT d.resolution INTO letter
    FROM hooklog.active_generation(projection) AS g
    JOIN hooklog.dead_letter AS d ON d.projection = g.projection AND d.generation = g.generation
    WHERE d.workspace_id = workspace
        AND d.position = dead_position;
    IF NOT FOUND THEN
        RETURN QUERY SELECT 'missing', NULL::bigint;
        RETURN;
    ELSIF letter.resolution = 'retried' THEN
        RETURN QUERY SELECT 'resolved', NULL::bigint;
        RETURN;
    END IF;
    SELECT a.outcome, a.position INTO receipt
    FROM hooklog.append(
        workspace, ARRAY[0::bigint], ARRAY['hooklog'], ARRAY[NULL::text], ARRAY[NULL::text],
        ARRAY['dead_letter.discarded'], ARRAY['dead_letter'], ARRAY[NULL::text], ARRAY[NULL::timestamptz], ARRAY[true],
        ARRAY[NULL::bigint], ARRAY['{}'::jsonb],
        ARRAY[convert_to(
            json_build_object(
                'type', 'dead_letter.discarded',
                'data', json_build_object('projection', projection, 'position', dead_position))::text, 'UTF8')],
        actor) AS a;
    RETURN QUERY SELECT
        CASE receipt.outcome WHEN 'inserted' THEN 'discarded' ELSE receipt.outcome END,
        receipt.position;
END
$$;
