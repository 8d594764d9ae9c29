-- The logs that have lost events. See functions/log/damaged_logs.sql.
-- $1 limit bigint
-- → workspace text, log_end bigint, floor bigint, ledger_end bigint, checkpoint_end bigint
SELECT
    w.slug AS workspace,
    d.log_end,
    d.floor,
    d.ledger_end,
    d.checkpoint_end
FROM hooklog.damaged_logs() AS d
INNER JOIN hooklog.workspace AS w ON w.workspace_id = d.workspace_id
ORDER BY d.workspace_id
LIMIT $1;
