-- Until when the log has partitions without a gap from now on, for `hooklog doctor`. Reads the catalogue only.
-- → reaches timestamptz (null when there is none for the present), now timestamptz
SELECT
    hooklog.partition_reach(clock_timestamp()) AS reaches,
    clock_timestamp() AS now;
