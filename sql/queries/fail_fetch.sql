-- Gives a claimed object back after an attempt that failed. See sql/functions/fail_fetch.sql.
-- $1 workspace_id bigint, $2 source_id bigint, $3 entity_type text, $4 entity_id text, $5 claim uuid, $6 problem text,
-- $7 delay in seconds double precision, $8 pause in seconds double precision or NULL, $9 is_well boolean
-- → failures integer or NULL
-- Relies on fetch_pkey and source_fetch_pkey.
SELECT hooklog.fail_fetch($1, $2, $3, $4, $5, $6, $7, $8, $9) AS failures;
