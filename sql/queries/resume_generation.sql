-- Ends the pause of the active generation of a projection.
-- $1 projection text
-- Returns one row: the active generation, or NULL.
SELECT hooklog.resume_generation($1::text) AS generation
