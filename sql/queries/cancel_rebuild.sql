-- Gives up the build of a projection. See sql/functions/cancel_rebuild.sql.
-- $1 projection text
-- Returns one row: whether there was one.
SELECT hooklog.cancel_rebuild($1::text) AS cancelled
