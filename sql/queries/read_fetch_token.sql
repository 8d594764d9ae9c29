-- The token with which a source's objects are fetched, sealed.
-- $1 workspace_id bigint, $2 source_id bigint
-- → sealed bytea; no row when there is none
-- Relies on source_fetch_pkey.
SELECT w.sealed
FROM hooklog.source_fetch AS w
WHERE w.workspace_id = $1
    AND w.source_id = $2;
