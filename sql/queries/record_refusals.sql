-- Records the users' projections that were refused. See sql/functions/projections/record_refusals.sql.
-- $1 projections text[], $2 files text[], $3 reasons text[]
SELECT hooklog.record_refusals($1::text[], $2::text[], $3::text[])
