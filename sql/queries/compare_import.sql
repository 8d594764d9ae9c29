-- Says of each line of an import whether the log needs it, and gives the event to append.
-- $1 workspace_id bigint, $2 source_id bigint, $3 connector text, $4 livemode boolean, $5 when the lines were read
-- timestamptz, $6 entity types of objects text[], $7 whether they are certain boolean[], $8 most bytes of a body integer or
-- NULL, $9 lines bytea[]
-- → ordinal integer, outcome text, reason text, system text, round integer, is_object boolean, event_id text,
-- headers jsonb, body bytea, per line in their order
-- Relies on event_entity_idx and delivery_pkey, see functions/compare_import.sql.
SELECT
    c.ordinal,
    c.outcome,
    c.reason,
    c.system,
    c.round,
    c.is_object,
    c.event_id,
    c.headers,
    c.body
FROM hooklog.compare_import($1, $2, $3, $4, $5, $6, $7, $8, $9) AS c;
