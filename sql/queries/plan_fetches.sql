-- Reads a page of a workspace's log for thin events. See sql/functions/plan_fetches.sql.
-- $1 workspace_id bigint, $2 max_events integer
-- → planned bigint, more boolean, is_busy boolean
-- Relies on event_pkey and fetch_pkey.
SELECT
    p.planned,
    p.more,
    p.is_busy
FROM hooklog.plan_fetches($1, $2) AS p;
