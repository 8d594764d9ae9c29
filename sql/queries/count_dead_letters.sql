-- The unresolved dead letters of each projection's active generation.
-- → projection text, count bigint, first_failed_at timestamptz
-- Relies on dead_letter_unresolved_idx.
SELECT
    d.projection,
    count(*) AS count,
    min(d.first_failed_at) AS first_failed_at
FROM hooklog.dead_letter AS d
INNER JOIN hooklog.projection_generation AS g ON g.projection = d.projection AND g.generation = d.generation
WHERE g.state = 'active'
    AND d.resolved_at IS NULL
GROUP BY d.projection
ORDER BY d.projection;
