-- Until when the log has partitions without a gap from $1 on; NULL when none holds $1. Reads the catalogue only.
CREATE OR REPLACE FUNCTION hooklog.partition_reach(at timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
    WITH RECURSIVE partition AS MATERIALIZED (
        SELECT bounds[1]::timestamptz AS lower, bounds[2]::timestamptz AS upper
        FROM pg_inherits AS i
        JOIN pg_class AS c ON c.oid = i.inhrelid
        CROSS JOIN LATERAL regexp_match(pg_get_expr(c.relpartbound, c.oid), 'FROM \(''([^'']+)''\) TO \(''([^'']+)''\)')
            AS bounds
        WHERE i.inhparent = 'hooklog.event'::regclass
            AND NOT i.inhdetachpending
    ),
    reach AS (
        SELECT p.upper
        FROM partition AS p
        WHERE p.lower <= at
            AND p.upper > at
        UNION ALL
        SELECT p.upper
        FROM reach AS r
        JOIN partition AS p ON p.lower = r.upper
    )
    SELECT max(r.upper)
    FROM reach AS r
$$;
