-- What is left of a key's counted requests at a time: those of the last minute. Entries more than a minute ahead come from
-- a clock that has been set back, and are dropped too.
CREATE OR REPLACE FUNCTION hooklog.recent_requests(
    counted_at timestamptz[],
    requests integer[],
    at timestamptz,
    OUT times timestamptz[],
    OUT counts integer[],
    OUT total integer
)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT
        coalesce(array_agg(e.counted_at ORDER BY e.ordinal), '{}'),
        coalesce(array_agg(e.requests ORDER BY e.ordinal), '{}'),
        coalesce(sum(e.requests), 0)::integer
    FROM unnest(counted_at, requests) WITH ORDINALITY AS e (counted_at, requests, ordinal)
    WHERE e.counted_at > at - interval '1 minute'
        AND e.counted_at <= at + interval '1 minute'
$$;
