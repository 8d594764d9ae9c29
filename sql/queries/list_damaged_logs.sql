-- The logs that have lost events. See hooklog.damaged_logs() and hooklog.log_holes().
-- $1 limit bigint
-- → workspace text, log_end bigint, floor bigint, ledger_end bigint, checkpoint_end bigint; of a hole in a log, its
--   neighbours: hole_after bigint, hole_before bigint and zeros
SELECT
    w.slug AS workspace,
    d.log_end,
    d.floor,
    d.ledger_end,
    d.checkpoint_end,
    d.hole_after,
    d.hole_before
FROM (
    SELECT e.workspace_id, e.log_end, e.floor, e.ledger_end, e.checkpoint_end, NULL::bigint AS hole_after, NULL::bigint AS hole_before
    FROM hooklog.damaged_logs() AS e
    UNION ALL
    SELECT h.workspace_id, 0, 0, 0, 0, h.after, h.before
    FROM hooklog.log_holes() AS h
) AS d
INNER JOIN hooklog.workspace AS w ON w.workspace_id = d.workspace_id
ORDER BY d.workspace_id, d.hole_after
LIMIT $1;
