-- Appends what was fetched and strikes the object off. See sql/functions/complete_fetch.sql.
-- $1 workspace_id bigint, $2 source_id bigint, $3 entity_type text, $4 entity_id text, $5 claim uuid, $6 body bytea
-- → outcome text, position bigint
-- Relies on fetch_pkey, source_fetch_pkey, event_pkey and delivery_pkey.
SELECT
    c.outcome,
    c.position
FROM hooklog.complete_fetch($1, $2, $3, $4, $5, $6) AS c;
