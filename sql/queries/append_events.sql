-- Appends deliveries to a workspace's log in one transaction.
-- $1 workspace_id bigint, $2 sources bigint[], $3 connectors text[], $4 delivery_ids text[], $5 headers jsonb[],
-- $6 bodies bytea[], $7 actor text
-- → ordinal integer, outcome text, position bigint, per delivery in their order
-- Relies on event_pkey and delivery_pkey, see functions/append.sql.
SELECT
    a.ordinal,
    a.outcome,
    a.position
FROM hooklog.append($1, $2, $3, $4, $5, $6, $7) AS a;
