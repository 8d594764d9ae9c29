-- Keeps the active generation of a projection where it is for at most 10 s.
-- $1 projection text
-- Returns one row: the active generation, or NULL.
SELECT hooklog.pause_generation($1::text) AS generation
