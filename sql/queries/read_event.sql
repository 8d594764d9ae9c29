-- One event with its exact body.
-- $1 workspace_id bigint, $2 position bigint, $3 livemode boolean
-- → source_id bigint, fields text, is_json boolean, body bytea, mended bytea; no row when there is none
-- Relies on event_pkey.
SELECT
    e.source_id,
    hooklog.event_fields(e) AS fields,
    e.payload IS NOT NULL AS is_json,
    e.body,
    hooklog.mended_body(e) AS mended
FROM hooklog.event AS e
WHERE e.workspace_id = $1
    AND e.position = $2
    AND e.livemode = $3;
