-- Drops a generation that is not the active one. See sql/functions/drop_generation.sql.
-- $1 projection text, $2 generation bigint
-- Returns one row: whether there was one to drop.
SELECT hooklog.drop_generation($1::text, $2::bigint) AS dropped
