-- Takes the object of a source that has been due the longest. See hooklog.claim_fetch().
-- $1 workspace_id bigint, $2 source_id bigint, $3 lease in seconds double precision
-- → connector text, entity_type text, entity_id text, claim uuid, attempts integer, observed_at text (RFC 3339),
--   failures integer, settings jsonb, sealed bytea, problem text; no row when there is none to be fetched now
-- Relies on source_pkey, source_fetch_pkey, fetch_due_idx, fetch_pkey and event_entity_idx.
SELECT
    c.connector,
    c.entity_type,
    c.entity_id,
    c.claim,
    c.attempts,
    to_char(c.observed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS observed_at,
    c.failures,
    c.settings,
    c.sealed,
    c.problem
FROM hooklog.claim_fetch($1, $2, $3) AS c;
