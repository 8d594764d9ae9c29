-- Until when the log's partitions reach, for `hooklog doctor`. Reads the catalogue only.
-- → reaches timestamptz (null without partitions), now timestamptz
SELECT
    max((regexp_match(pg_get_expr(p.relpartbound, p.oid), 'TO \(''([^'']+)''\)'))[1]::timestamptz) AS reaches,
    clock_timestamp() AS now
FROM pg_inherits AS i
INNER JOIN pg_class AS p ON p.oid = i.inhrelid
WHERE i.inhparent = 'hooklog.event'::regclass;
