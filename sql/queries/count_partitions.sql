-- How many months after the current one have their partition of the log.
-- → ahead bigint
SELECT count(*) AS ahead
FROM pg_inherits AS i
JOIN pg_class AS c ON c.oid = i.inhrelid
WHERE i.inhparent = 'hooklog.event'::regclass
    AND c.relname > 'event_' || to_char(now() AT TIME ZONE 'UTC', 'YYYY_MM');
