-- The number of workspaces that a generation has begun to read.
-- $1 projection text, $2 generation bigint
-- Returns one row. Reads the projection's checkpoints.
SELECT count(*) AS workspaces
FROM hooklog.checkpoint
WHERE projection = $1::text
    AND generation = $2::bigint
