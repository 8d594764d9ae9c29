-- Records that a page failed as a whole. See sql/functions/record_failure.sql.
-- $1 workspace bigint, $2 projection text, $3 generation bigint, $4 sqlstate text, $5 max_events integer
-- Returns one row: what was done. Relies on checkpoint_pkey.
SELECT hooklog.record_failure($1::bigint, $2::text, $3::bigint, $4::text, $5::integer) AS measure
