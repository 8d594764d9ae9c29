-- Says of each line of an import whether the log needs it, and gives the event to append.
-- $1 workspace_id bigint, $2 connector text, $3 livemode boolean, $4 when the lines were read timestamptz,
-- $5 entity types of objects that do not say it text[], $6 lines bytea[]
-- → ordinal integer, outcome text, reason text, event_id text, headers jsonb, body bytea, per line in their order
-- Relies on event_entity_idx, see functions/compare_import.sql.
SELECT
    c.ordinal,
    c.outcome,
    c.reason,
    c.event_id,
    c.headers,
    c.body
FROM hooklog.compare_import($1, $2, $3, $4, $5, $6) AS c;
