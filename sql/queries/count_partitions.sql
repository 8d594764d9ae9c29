-- How many months after the current one have their partition of the log, without a gap.
-- → ahead bigint, -1 when the current one has none
SELECT coalesce(extract(year FROM m.age) * 12 + extract(month FROM m.age) - 1, -1)::bigint AS ahead
FROM (
    SELECT age(hooklog.partition_reach(now()) AT TIME ZONE 'UTC', date_trunc('month', now() AT TIME ZONE 'UTC')) AS age
    OFFSET 0
) AS m;
