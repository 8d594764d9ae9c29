-- The logs that have lost events: they end before their floor or their last checkpoint, or elsewhere than their ledger says.
-- log_end: the last position; floor, ledger_end, checkpoint_end: what should not be beyond it. See hooklog.append(), which
-- numbers nothing anew in such a log.
-- One snapshot. Costs an index probe of each log, of its ledger and of its checkpoints; locks nothing.
-- Relies on event_pkey, delivery_position_key and checkpoint_pkey.
CREATE OR REPLACE FUNCTION hooklog.damaged_logs()
RETURNS TABLE (workspace_id bigint, log_end bigint, floor bigint, ledger_end bigint, checkpoint_end bigint)
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT l.workspace_id, l.log_end, l.floor, l.ledger_end, l.checkpoint_end
    FROM (
        SELECT
            h.workspace_id,
            h.floor_position AS floor,
            coalesce(
                (SELECT e.position FROM hooklog.last_event(h.workspace_id, h.floor_position, h.floor_received_at) AS e),
                h.archived_position) AS log_end,
            coalesce(
                (
                    SELECT d.position
                    FROM hooklog.delivery AS d
                    WHERE d.workspace_id = h.workspace_id
                        AND d.position >= h.floor_position
                    ORDER BY d.position DESC
                    LIMIT 1
                ), h.archived_position) AS ledger_end,
            coalesce(
                (
                    SELECT max(c.position)
                    FROM hooklog.checkpoint AS c
                    WHERE c.workspace_id = h.workspace_id
                ), 0) AS checkpoint_end
        FROM hooklog.log_head AS h
        OFFSET 0
    ) AS l
    WHERE l.log_end < greatest(l.floor, l.checkpoint_end)
        OR l.log_end <> l.ledger_end
$$;
