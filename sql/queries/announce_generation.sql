-- Shows a table of a generation that is being built. See sql/functions/announce_generation.sql.
-- $1 projection text, $2 generation bigint
-- Returns one row: the table's name; NULL when there is nothing more to be shown.
SELECT hooklog.announce_generation($1::text, $2::bigint) AS announced
