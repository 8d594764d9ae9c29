-- The users' projections that the last migration refused.
-- Returns a row per projection. A small table, read whole.
SELECT
    projection,
    file,
    reason
FROM hooklog.refused_projection
ORDER BY projection
