-- How many months after the current one have their partition of the log, without a gap.
-- → ahead bigint, -1 when the current one has none
SELECT coalesce(
    (
        SELECT (extract(year FROM m.age) * 12 + extract(month FROM m.age))::bigint - 1
        FROM (
            SELECT age(r.reach AT TIME ZONE 'UTC', date_trunc('month', now() AT TIME ZONE 'UTC')) AS age
            FROM (SELECT hooklog.partition_reach(now()) AS reach) AS r
            WHERE r.reach IS NOT NULL
        ) AS m
    ), -1) AS ahead;
