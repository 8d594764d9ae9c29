-- Makes a built generation the active one. See sql/functions/activate_generation.sql.
-- $1 projection text, $2 generation bigint
-- Returns one row: whether it is now.
SELECT hooklog.activate_generation($1::text, $2::bigint) AS activated
