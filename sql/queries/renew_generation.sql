-- Makes the functions of a user's generation anew. See sql/functions/projections/renew_generation.sql.
-- $1 projection text, $2 generation bigint
-- Returns one row: why it was refused, or NULL.
SELECT hooklog.renew_generation($1::text, $2::bigint) AS refused
