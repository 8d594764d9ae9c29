-- The generations of all projections that exist, but for scratch ones.
-- Returns a row per generation, in ascending order. A small table, read whole.
SELECT
    projection,
    generation,
    version,
    built_in,
    state,
    extract(epoch FROM clock_timestamp() - retired_at)::double precision AS retired_seconds,
    coalesce(attended_until > clock_timestamp(), false) AS is_attended
FROM hooklog.projection_generation
WHERE state IN ('building', 'active', 'retired')
ORDER BY projection, generation
